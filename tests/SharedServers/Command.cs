using System.Diagnostics;

namespace DomainVerification.Tests.Servers;

/// <summary>Runs a program to its end.</summary>
internal static class Command
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    /// <summary>What the program wrote to its standard output.</summary>
    /// <exception cref="InvalidOperationException">The program failed; the message holds all that it wrote.</exception>
    internal static async Task<string> RunAsync(string program, IEnumerable<string> arguments, string input = "")
    {
        using var timeout = new CancellationTokenSource(Deadline);
        using var process = Start(program, arguments);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(timeout.Token);
            var errors = process.StandardError.ReadToEndAsync(timeout.Token);
            await process.StandardInput.WriteAsync(input.AsMemory(), timeout.Token);
            process.StandardInput.Close();
            await process.WaitForExitAsync(timeout.Token);
            return process.ExitCode == 0
                ? await output
                : throw new InvalidOperationException($"{program} ended with {process.ExitCode}.\n{await output}\n{await errors}\n{input}");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }

    private static Process Start(string program, IEnumerable<string> arguments) =>
        Process.Start(new ProcessStartInfo(InstalledProgram.Require(program), arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
}
