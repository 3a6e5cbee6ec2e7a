namespace DomainVerification.Tests.Servers;

/// <summary>
/// Who PostgreSQL runs as: it refuses root, so that root's tests start it as the user of Debian's package. <c>setpriv</c> becomes the
/// program that it starts, so the process id is the program's own.
/// </summary>
internal static class PostgresUser
{
    internal const string Program = "setpriv";

    private const string User = "postgres";

    /// <summary>The arguments of <see cref="Program"/> that start another program and wait for its end.</summary>
    internal static IEnumerable<string> Wrap(string program, IEnumerable<string> arguments)
    {
        string[] user = Environment.IsPrivilegedProcess ? [$"--reuid={User}", $"--regid={User}", "--init-groups"] : [];
        return [.. user, "--", program, .. arguments];
    }

    /// <summary>
    /// As <see cref="Wrap"/>, for a program that the kernel ends with the thread that started it, however the process of that thread ends.
    /// </summary>
    internal static IEnumerable<string> WrapChild(string program, IEnumerable<string> arguments) =>
        ["--pdeathsig=QUIT", .. Wrap(program, arguments)];

    /// <summary>Hands a folder with all that it holds over to the user that PostgreSQL runs as.</summary>
    internal static Task GiveAsync(string folder) =>
        Environment.IsPrivilegedProcess ? Command.RunAsync("chown", ["-R", $"{User}:", folder]) : Task.CompletedTask;
}
