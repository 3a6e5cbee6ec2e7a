using System.Diagnostics;
using System.Globalization;

namespace DomainVerification.Email.Tests.OpenDkim;

/// <summary>OpenDKIM's verifier and its tester of keys, which find keys through Unbound's library in the zones of one server.</summary>
internal sealed class OpenDkimTools : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("dv-").FullName;
    private int _files;

    public OpenDkimTools(int port)
    {
        Write(
            "unbound.conf",
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                server:
                  do-not-query-localhost: no
                  module-config: "iterator"
                stub-zone:
                  name: "example"
                  stub-addr: 127.0.0.1@{port}

                """));
        Write(
            "opendkim.conf",
            $"""
            Mode v
            Syslog no
            ResolverConfiguration {Path.Combine(_folder, "unbound.conf")}

            """);
    }

    /// <summary>Whether the tester of keys finds the public half of a private key; with all that it says.</summary>
    public async Task<(bool Accepts, string Output)> TestKeyAsync(SigningKey key)
    {
        using var rsa = key.CreateRsa();
        var file = Write($"key{++_files}.pem", rsa.ExportPkcs8PrivateKeyPem());
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        var (code, output) = await RunAsync(
            "opendkim-testkey",
            ["-d", key.Domain.Value, "-s", key.Selector, "-k", file, "-x", Configuration, "-vvv"]);
        return (code == 0 && output.Contains("key OK", StringComparison.Ordinal), output);
    }

    /// <summary>Whether a message verifies; with all that the verifier says.</summary>
    public async Task<(bool Verifies, string Output)> VerifyAsync(byte[] message)
    {
        var file = Path.Combine(_folder, $"message{++_files}.eml");
        await File.WriteAllBytesAsync(file, message);
        var (_, output) = await RunAsync("opendkim", ["-t", file, "-x", Configuration, "-v"]);
        return (output.Contains("succeeded", StringComparison.Ordinal), output);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Configuration => Path.Combine(_folder, "opendkim.conf");

    private static async Task<(int Code, string Output)> RunAsync(string program, IEnumerable<string> arguments)
    {
        using var timeout = new CancellationTokenSource(Deadline);
        using var process = Process.Start(new ProcessStartInfo(InstalledProgram.Require(program), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(timeout.Token);
            var errors = process.StandardError.ReadToEndAsync(timeout.Token);
            await process.WaitForExitAsync(timeout.Token);
            return (process.ExitCode, await output + await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }

    private string Write(string name, string content)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, content);
        return path;
    }
}
