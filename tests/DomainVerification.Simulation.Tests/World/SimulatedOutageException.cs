namespace DomainVerification.Simulation.Tests.World;

/// <summary>A part of the host failed, or its answer was lost on the way.</summary>
internal sealed class SimulatedOutageException() : IOException("Simulated.");
