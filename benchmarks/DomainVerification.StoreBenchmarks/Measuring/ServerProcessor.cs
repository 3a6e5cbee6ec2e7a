using System.Data.Common;
using System.Globalization;

namespace DomainVerification.StoreBenchmarks.Measuring;

/// <summary>The processor time of a PostgreSQL with all its processes, as Linux counts it. Other databases run in this process.</summary>
internal sealed class ServerProcessor
{
    private readonly int? _postmaster;

    private ServerProcessor(int? postmaster) => _postmaster = postmaster;

    public static ServerProcessor None { get; } = new(null);

    /// <param name="connection">An open connection.</param>
    public static async Task<ServerProcessor> OfAsync(DbConnection connection)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT pg_backend_pid()";
        return new ServerProcessor(Parent((int)(await command.ExecuteScalarAsync())!));
    }

    public TimeSpan Read() => _postmaster is not { } postmaster
        ? TimeSpan.Zero
        : Directory.GetDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var process) ? process : 0)
            .Where(process => process != 0 && Parent(process) == postmaster)
            .Aggregate(TimeSpan.Zero, (sum, process) => sum + Running(process));

    private static int? Parent(int process) => Read(process, "stat") is { } text
        ? int.Parse(text[(text.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture)
        : null;

    private static TimeSpan Running(int process) => Read(process, "schedstat") is { } text
        ? TimeSpan.FromMicroseconds(double.Parse(text.Split(' ')[0], CultureInfo.InvariantCulture) / 1000)
        : TimeSpan.Zero;

    private static string? Read(int process, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/{file}");
        }
        catch (IOException)
        {
            // The process ended meanwhile.
            return null;
        }
    }
}
