using System.Globalization;

namespace DomainVerification.Simulation.Tests.World;

/// <summary>What happened, as a running hash; and as text, where somebody wants to read it.</summary>
internal sealed class Trace(bool keepsLines)
{
    private readonly List<string>? _lines = keepsLines ? [] : null;

    public ulong Hash { get; private set; } = 0xCBF29CE484222325;

    public IReadOnlyList<string> Lines => _lines ?? [];

    public void Add(string what, int node, long detail, DateTimeOffset now)
    {
        foreach (var character in what)
        {
            Mix(character);
        }

        Mix((ulong)node);
        Mix((ulong)detail);
        Mix((ulong)now.Ticks);
        _lines?.Add(string.Create(CultureInfo.InvariantCulture, $"{now:dd.HH:mm:ss} node {node}: {what} {detail}"));
    }

    private void Mix(ulong value) => Hash = (Hash ^ value) * 0x100000001B3;
}
