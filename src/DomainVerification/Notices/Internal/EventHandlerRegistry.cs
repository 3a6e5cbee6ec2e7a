using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.Notices.Internal;

/// <summary>An event handler that was added under a name.</summary>
internal sealed record EventHandlerName(string Name);

/// <summary>The event handlers of the host.</summary>
internal sealed class EventHandlerRegistry(IEnumerable<EventHandlerName> added, IServiceProvider services)
{
    private readonly string[] _names = [.. added.Select(handler => handler.Name).Distinct(StringComparer.Ordinal)];

    /// <summary>The names that handlers are registered under.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>Finds a handler; <see langword="null"/> where none is registered under the name.</summary>
    public IClaimEventHandler? Find(string name) => services.GetKeyedService<IClaimEventHandler>(name);
}
