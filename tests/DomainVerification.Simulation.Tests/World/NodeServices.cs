using DomainVerification.Simulation.Tests.Gates;
using DomainVerification.Transfers.Internal;
using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.Simulation.Tests.World;

/// <summary>The parts of a node that the product finds by their names.</summary>
internal sealed class NodeServices(Node node, SimulationRun simulation) : IKeyedServiceProvider
{
    private readonly Dictionary<string, IIdentityProvisioner> _provisioners = SimulationParts.Provisioners.ToDictionary(
        name => name,
        name => (IIdentityProvisioner)new GatedProvisioner(node, simulation, name));

    private readonly Dictionary<string, IClaimEventHandler> _handlers = SimulationParts.Handlers.ToDictionary(
        name => name,
        name => (IClaimEventHandler)new GatedHandler(node, simulation, name));

    private readonly Dictionary<string, ITransferPolicy> _policies = new()
    {
        [TransferOptions.DefaultPolicy] = new DefaultTransferPolicy(simulation.Parts.Profiles),
        [GatedPolicy.Name] = new GatedPolicy(node, simulation),
    };

    public object? GetService(Type serviceType) => null;

    public object? GetKeyedService(Type serviceType, object? serviceKey)
    {
        var name = (string)serviceKey!;
        return serviceType == typeof(IIdentityProvisioner) ? _provisioners.GetValueOrDefault(name)
            : serviceType == typeof(IClaimEventHandler) ? _handlers.GetValueOrDefault(name)
            : serviceType == typeof(ITransferPolicy) ? _policies.GetValueOrDefault(name)
            : null;
    }

    public object GetRequiredKeyedService(Type serviceType, object? serviceKey) =>
        GetKeyedService(serviceType, serviceKey) ?? throw new InvalidOperationException($"There is no {serviceType} named {serviceKey}.");
}
