using Npgsql;

namespace DomainVerification.Tests.Servers;

/// <summary>
/// A throw-away PostgreSQL on a free port of 127.0.0.1, with all its files in a temporary folder. It ends with the process that started it,
/// however that ends.
/// </summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private const int MaxStarts = 3;

    private readonly PostgresCluster _cluster;
    private readonly bool _durable;
    private readonly int _sharedMegabytes;
    private DaemonProcess? _process;
    private int _databases;

    private PostgresServer(PostgresCluster cluster, bool durable, int sharedMegabytes)
    {
        _cluster = cluster;
        _durable = durable;
        _sharedMegabytes = sharedMegabytes;
    }

    /// <summary>Why tests cannot run here; null where PostgreSQL is there, or is required.</summary>
    internal static string? SkipReason { get; } = InstalledProgram.AreRequired
        ? null
        : InstalledProgram.Explain([PostgresCluster.InitProgram, PostgresCluster.Program, PostgresUser.Program]);

    internal int Port { get; private set; }

    /// <summary>The last lines of the server's log, for messages of failed tests.</summary>
    internal string Log => _process?.Output ?? string.Empty;

    /// <summary>Makes an empty cluster and starts a server on it.</summary>
    /// <param name="durable">
    /// Whether commits reach the disk, as in production. Without it the server is faster; its data still survives a crash of its own.
    /// </param>
    /// <param name="sharedMegabytes">The cache that its processes share. Little is enough for tests, of which many run at once.</param>
    /// <param name="cancellationToken">Ends the wait early.</param>
    /// <exception cref="InvalidOperationException">PostgreSQL is not installed or does not start; the message says why.</exception>
    internal static async Task<PostgresServer> StartAsync(
        bool durable = true,
        int sharedMegabytes = 64,
        CancellationToken cancellationToken = default)
    {
        var server = new PostgresServer(await PostgresCluster.CreateAsync(), durable, sharedMegabytes);
        try
        {
            await server.StartOnFreePortAsync(cancellationToken);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }

        AppDomain.CurrentDomain.ProcessExit += server.EndWithProcess;
        return server;
    }

    /// <summary>A fresh, empty database.</summary>
    /// <param name="template">The connection string of a database to copy, to which nobody is connected; null for an empty one.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    /// <returns>The connection string of the new database.</returns>
    internal async Task<string> CreateDatabaseAsync(string? template = null, CancellationToken cancellationToken = default)
    {
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        var source = template is null ? "template1" : new NpgsqlConnectionStringBuilder(template).Database;
        await using var connection = new NpgsqlConnection(Connect("postgres", pooling: false));
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name} TEMPLATE {source}", connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
        return Connect(name, pooling: true);
    }

    /// <summary>Stops the server and starts it again with the same data on the same port.</summary>
    /// <param name="immediate">
    /// Whether to end it at once, as a crash does, so that it recovers from its log when it starts; otherwise it rolls back what is open
    /// and writes everything first.
    /// </param>
    /// <param name="cancellationToken">Ends the wait early.</param>
    internal async Task RestartAsync(bool immediate, CancellationToken cancellationToken = default)
    {
        await _process!.StopAsync(immediate ? DaemonSignal.Quit : DaemonSignal.Interrupt);
        await _process.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        if (!await TryStartAsync(cancellationToken))
        {
            throw new InvalidOperationException($"PostgreSQL does not start again.\n{Log}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= EndWithProcess;
        if (_process is not null)
        {
            await _process.StopAsync(DaemonSignal.Interrupt);
            await _process.DisposeAsync();
            NpgsqlConnection.ClearAllPools();
        }

        _cluster.Delete();
    }

    private async Task StartOnFreePortAsync(CancellationToken cancellationToken)
    {
        for (var starts = 1; ; starts++)
        {
            Port = LoopbackPort.FindFree();
            if (await TryStartAsync(cancellationToken))
            {
                return;
            }

            // Somebody else may have taken the port between its choice and the start.
            if (starts == MaxStarts)
            {
                throw new InvalidOperationException($"PostgreSQL does not start.\n{Log}");
            }

            await _process!.DisposeAsync();
        }
    }

    private async Task<bool> TryStartAsync(CancellationToken cancellationToken)
    {
        _process = _cluster.StartServer(Port, _durable, _sharedMegabytes);
        await Polling.UntilAsync(
            async () => _process.HasExited || await AnswersAsync(cancellationToken),
            ready => ready,
            _ => $"PostgreSQL does not answer.\n{Log}");
        return !_process.HasExited;
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new NpgsqlConnection(Connect("postgres", pooling: false));
            await connection.OpenAsync(cancellationToken);
            return true;
        }
        catch (NpgsqlException error) when (error.IsTransient)
        {
            return false;
        }
    }

    // Tests of many databases must not run out of connections, so idle ones are given back soon.
    private string Connect(string database, bool pooling) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = Port,
        Database = database,
        Username = PostgresCluster.Administrator,
        Password = _cluster.Password,
        Pooling = pooling,
        MaxPoolSize = 50,
        ConnectionIdleLifetime = 2,
        ConnectionPruningInterval = 1,
        PersistSecurityInfo = true,
    }.ConnectionString;

    private void EndWithProcess(object? sender, EventArgs e)
    {
        _process!.StopAsync(DaemonSignal.Quit).GetAwaiter().GetResult();
        _cluster.Delete();
    }
}
