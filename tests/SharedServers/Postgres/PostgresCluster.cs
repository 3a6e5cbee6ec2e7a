using System.Diagnostics;
using System.Security.Cryptography;

namespace DomainVerification.Tests.Servers;

/// <summary>The files of a PostgreSQL server, in a temporary folder that only its user can read.</summary>
internal sealed class PostgresCluster
{
    internal const string Program = "postgres";
    internal const string InitProgram = "initdb";
    internal const string Administrator = "tests";

    private const string Prefix = "dv-postgres-";

    private readonly string _folder;

    private PostgresCluster(string folder, string password)
    {
        _folder = folder;
        Password = password;
    }

    internal string Password { get; }

    private string Data => Path.Combine(_folder, "data");

    /// <summary>Makes an empty cluster.</summary>
    /// <exception cref="InvalidOperationException">It could not be made; the message holds what initdb said.</exception>
    internal static async Task<PostgresCluster> CreateAsync()
    {
        DeleteLeftovers();
        var folder = Directory.CreateTempSubdirectory($"{Prefix}{Environment.ProcessId}-").FullName;
        var cluster = new PostgresCluster(folder, Convert.ToHexString(RandomNumberGenerator.GetBytes(16)));
        try
        {
            await cluster.InitializeAsync();
        }
        catch
        {
            cluster.Delete();
            throw;
        }

        return cluster;
    }

    /// <summary>Starts a server on the cluster, in the foreground.</summary>
    internal DaemonProcess StartServer(int port, bool durable, int sharedMegabytes) => new(
        PostgresUser.Program,
        PostgresUser.WrapChild(
            InstalledProgram.Require(Program),
            [
                "-D", Data, "-p", $"{port}", "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=",
                "-c", "max_connections=200", "-c", $"shared_buffers={sharedMegabytes}MB", "-c", $"fsync={(durable ? "on" : "off")}",
                "-c", $"full_page_writes={(durable ? "on" : "off")}",
            ]),
        _folder,
        DaemonSignal.Interrupt);

    internal void Delete() => Directory.Delete(_folder, recursive: true);

    private async Task InitializeAsync()
    {
        var secret = Path.Combine(_folder, "password");
        await File.WriteAllTextAsync(secret, Password);
        await PostgresUser.GiveAsync(_folder);
        await Command.RunAsync(
            PostgresUser.Program,
            PostgresUser.Wrap(
                InstalledProgram.Require(InitProgram),
                [
                    "-D", Data, "-U", Administrator, "-A", "password", $"--pwfile={secret}", "-E", "UTF8", "--locale=C.UTF-8",
                    "--no-sync", "--no-instructions",
                ]));
    }

    // A killed test process cannot delete its folders; the next one does.
    private static void DeleteLeftovers()
    {
        foreach (var folder in Directory.GetDirectories(Path.GetTempPath(), $"{Prefix}*"))
        {
            var owner = Path.GetFileName(folder)[Prefix.Length..].Split('-')[0];
            if (int.TryParse(owner, out var process) && !IsRunning(process))
            {
                TryDelete(folder);
            }
        }
    }

    private static bool IsRunning(int process)
    {
        try
        {
            using var running = Process.GetProcessById(process);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static void TryDelete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException)
        {
            // It is another user's, or another process deletes it at this moment: theirs to clear up.
            Trace.TraceInformation($"{folder} stays: {error.Message}");
        }
    }
}
