using Microsoft.Extensions.Http;

namespace DomainVerification.Proofs.Http.Internal;

/// <summary>Keeps the defaults of the host, its filters and its loggers from the handlers of file checks.</summary>
internal sealed class FileClientsFilter : IHttpMessageHandlerBuilderFilter
{
    public Action<HttpMessageHandlerBuilder> Configure(Action<HttpMessageHandlerBuilder> next) => builder =>
    {
        if (!FileClients.TryBuild(builder))
        {
            next(builder);
        }
    };
}
