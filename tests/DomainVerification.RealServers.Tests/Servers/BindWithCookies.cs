namespace DomainVerification.RealServers.Tests.Servers;

/// <summary>BIND as it stands under attack: no answer over UDP without a cookie of its own.</summary>
public sealed class BindWithCookies : BindServer
{
    private protected override string MoreOptions => "require-server-cookie yes;";
}
