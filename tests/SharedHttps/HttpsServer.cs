using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.Tests.Https;

/// <summary>A web server on loopback that answers as a test says.</summary>
internal sealed class HttpsServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private HttpsServer(WebApplication application, int port) => (_application, Port) = (application, port);

    public int Port { get; }

    /// <summary>The connections that requests came on.</summary>
    public ConcurrentDictionary<string, bool> Connections { get; } = [];

    public static async Task<HttpsServer> StartAsync(
        X509Certificate2 certificate,
        Func<HttpContext, byte[], Task> answer,
        HttpProtocols protocols = HttpProtocols.Http1AndHttp2)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, 0, listen =>
            {
                listen.Protocols = protocols;
                listen.UseHttps(certificate);
            });
        });
        builder.WebHost.UseKestrelHttpsConfiguration();
        var application = builder.Build();
        HttpsServer? server = null;
        application.Run(async context =>
        {
            server!.Connections[context.Connection.Id] = true;
            using MemoryStream query = new();
            await context.Request.Body.CopyToAsync(query, context.RequestAborted);
            await answer(context, query.ToArray());
        });
        await application.StartAsync();
        var address = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return server = new HttpsServer(application, new Uri(address).Port);
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();
}
