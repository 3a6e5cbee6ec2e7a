using System.Globalization;
using System.Net;
using DomainVerification.Testing;

namespace Nameserver;

/// <summary>The records that a text file holds, put into a world each time that the file changes.</summary>
internal sealed class RecordFile(string path, DnsWorld world)
{
    private readonly HashSet<string> _zones = new(StringComparer.OrdinalIgnoreCase);
    private string? _text;

    /// <summary>Reads the file again where it changed, and says what came of it.</summary>
    public IReadOnlyList<string> Refresh()
    {
        var text = File.Exists(path) ? File.ReadAllText(path) : string.Empty;
        if (text == _text)
        {
            return [];
        }

        _text = text;
        var said = new List<string>();
        world.Edit(() => Replace(text, said));
        return said;
    }

    private void Replace(string text, List<string> said)
    {
        foreach (var zone in _zones)
        {
            world.RemoveZone(zone);
        }

        _zones.Clear();
        var lines = text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var count = 0;
        foreach (var line in lines.Where(line => !line.StartsWith('#')))
        {
            try
            {
                Add(line);
                count++;
            }
            catch (Exception error) when (error is FormatException or ArgumentException or InvalidOperationException or OverflowException)
            {
                said.Add($"not understood: {line} ({error.Message})");
            }
        }

        said.Add($"{count} lines in {_zones.Count} zones");
    }

    private void Add(string line)
    {
        var parts = line.Split((char[]?)null, 3, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts is [var apex, var zone] && zone.Equals("ZONE", StringComparison.OrdinalIgnoreCase))
        {
            world.Zone(apex);
            _zones.Add(apex);
            return;
        }

        if (parts is not [var name, var type, var value])
        {
            throw new FormatException("A line is a name, a type and a value.");
        }

        var absolute = name.EndsWith('.') ? name : name + ".";
        var holder = world.ZoneOf(absolute);
        _ = type.ToUpperInvariant() switch
        {
            "A" or "AAAA" => holder.Address(absolute, IPAddress.Parse(value)),
            "CNAME" => holder.Cname(absolute, value),
            "NS" => holder.Ns(absolute, value),
            "TXT" => holder.Txt(absolute, value.Length > 1 && value[0] == '"' && value[^1] == '"' ? value[1..^1] : value),
            "MX" when value.Split(' ', 2) is [var preference, var exchange] =>
                holder.Mx(absolute, ushort.Parse(preference, CultureInfo.InvariantCulture), exchange.Trim()),
            _ => throw new FormatException("The type is none of A, AAAA, CNAME, MX, NS and TXT."),
        };
    }
}
