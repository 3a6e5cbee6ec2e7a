using System.Diagnostics;

namespace DomainVerification.Abstractions.Tests.Names;

/// <summary>Containers without ICU run in invariant mode, where the runtime neither maps nor normalises. Names must not notice.</summary>
public class InvariantGlobalizationTests
{
    [Fact]
    public void Parse_WithoutIcu_GivesTheSameNames()
    {
        string[] spellings = ["BÜCHER.DE", "bu\u0308cher.de", "faß.de", "１２７.0.0.1", "xn--a.com", "\u1112\u1161\u11ab.kr"];

        var lines = RunWithoutIcu(spellings);

        Assert.Equal(
            [
                "normalizes: False",
                "xn--bcher-kva.de",
                "xn--bcher-kva.de",
                "xn--fa-hia.de",
                DomainVerificationErrorCodes.DomainIsIpAddress,
                DomainVerificationErrorCodes.DomainHasInvalidPunycode,
                "xn--6q8b.kr",
            ],
            lines);
    }

    private static string[] RunWithoutIcu(string[] spellings)
    {
        var host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var start = new ProcessStartInfo(host) { RedirectStandardOutput = true };
        start.ArgumentList.Add(typeof(NameReader).Assembly.Location);
        foreach (var spelling in spellings)
        {
            start.ArgumentList.Add(spelling);
        }

        start.Environment["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1";

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
