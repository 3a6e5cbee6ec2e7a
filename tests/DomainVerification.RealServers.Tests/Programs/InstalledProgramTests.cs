namespace DomainVerification.RealServers.Tests.Programs;

public sealed class InstalledProgramTests
{
    [Fact]
    public void Explain_ProgramMissing_NamesItAndHowToInstallIt()
    {
        Assert.Equal(
            "no-such-daemon, no-such-tool not installed: apt-get install --no-install-recommends no-such-daemon no-such-tool",
            InstalledProgram.Explain(["no-such-daemon", "dotnet", "no-such-tool"]));
    }

    [Fact]
    public void Explain_NothingMissing_IsNull() => Assert.Null(InstalledProgram.Explain(["dotnet"]));

    [Fact]
    public void Require_ProgramMissing_SaysHowToInstallIt()
    {
        var error = Assert.Throws<InvalidOperationException>(() => InstalledProgram.Require("no-such-daemon"));

        Assert.Contains("apt-get install", error.Message, StringComparison.Ordinal);
    }
}
