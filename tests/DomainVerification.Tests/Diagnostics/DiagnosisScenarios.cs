using DomainVerification.Dns;
using DomainVerification.Testing;
using DomainVerification.Tests.Proofs;
using static DomainVerification.ProofDiagnosisCodes;

namespace DomainVerification.Tests.Diagnostics;

/// <summary>For each diagnosis the DNS that causes it.</summary>
internal static class DiagnosisScenarios
{
    private const string Value = "token=" + CheckWorld.Token;

    public static Func<Task<ProofReport>> Of(string code) => code switch
    {
        Proved => () => Check(world => world.Zone.Txt(CheckWorld.Name, Value)),
        RecordNotFound => () => Check(_ => { }),
        ValueMismatch => () => Check(world => world.Zone.Txt(CheckWorld.Name, "token=other").Txt(CheckWorld.Name, "v=spf1 -all")),
        TokenSpent => () => Check(world =>
        {
            world.Spent = [new SpentToken(1, new StoredToken(StoredTokenSchemes.Clear, "old"))];
            world.Zone.Txt(CheckWorld.Name, "token=old");
        }),
        ValueQuoted => () => Check(world => world.Zone.Txt(CheckWorld.Name, $"\"{Value}\"")),
        ValueSpaced => () => Check(world => world.Zone.Txt(CheckWorld.Name, $" {Value}")),
        ValueCaseChanged => () => Check(world => world.Zone.Txt(CheckWorld.Name, Value.ToUpperInvariant())),
        ValueCut => () => Check(world => world.Zone.Txt(CheckWorld.Name, Value[..^1])),
        ValueSplit => () => Check(world => world.Zone.Txt(CheckWorld.Name, Value[..10]).Txt(CheckWorld.Name, Value[10..])),
        RecordNameDoubled => () => Check(world => world.Zone.Txt($"{CheckWorld.Name}example.com.", Value)),
        RecordAtDomain => () => Check(world => world.Zone.Txt("@", Value)),
        RecordAtOtherName => () => Check(world => world.Zone.Txt("host-challenge", Value)),
        CnameInTheWay => () => Check(world => world.Zone.Cname(CheckWorld.Name, "parked.example.com.")),
        DnameInTheWay => () => Check(world =>
        {
            world.Record = world.Record with { Name = "_host-challenge.shop.example.com" };
            world.Domain = "shop.example.com";
            world.Zone.Dname("shop", "shop.example.net.");
            world.Dns.Zone("example.net");
        }),
        WildcardAnswer => () => Check(world => world.Zone.Txt("*", "v=spf1 -all")),
        DomainNotFound => () => Check(world =>
        {
            world.Record = world.Record with { Name = "_host-challenge.example.net" };
            world.Domain = "example.net";
            world.Dns.Zone("net");
        }),
        DelegationMismatch => () => Check(world =>
        {
            world.Record = world.Record with { DelegatedName = "k3y.dcv.host.example" };
            world.Zone.Cname(CheckWorld.Name, "other.dcv.host.example.");
        }),
        AliasBroken => () => Check(world => world.Zone.Cname(CheckWorld.Name, "b.example.com.").Cname("b", CheckWorld.Name)),
        AnswerTooLarge => () => Check(world =>
        {
            for (var i = 0; i <= DnsLookup.MaxRecords; i++)
            {
                world.Zone.Txt(CheckWorld.Name, $"token=other{i}");
            }
        }),
        PublishedOnSomeServers => () => AtServers(2, space =>
        {
            space.Publish(Value, 1);
            space.Touch(2);
        }),
        ServersDisagree => () => AtServers(2, space =>
        {
            space.AcmeZone(1).Cname("_host-challenge", "one.acme.example.");
            space.AcmeZone(2).Cname("_host-challenge", "other.acme.example.");
        }),
        LameDelegation => () => AtServers(2, space =>
        {
            space[NameSpace.Acme(1)].World.RemoveZone("acme.example");
            space[NameSpace.Acme(2)].World.RemoveZone("acme.example");
        }),
        DnsBlocked => () => AtServers(1, space =>
        {
            space[NameSpace.RootAddress].Fail(DnsExchangeOutcome.TimedOut);
            space.ResolversFaults.Add(DnsFault.Drop());
        }),
        ServerFailure => () => Faulty(DnsFault.ServFail()),
        ServerRefused => () => Faulty(DnsFault.Refused()),
        MalformedAnswer => () => Faulty(DnsFault.OfOctets(octets => octets[..^3]).Over(LoopbackTransport.Tcp)),
        TimedOut => () => Ended(DnsLookupStatus.TimedOut),
        Unreachable => () => Ended(DnsLookupStatus.Unreachable),
        _ => FileDiagnosisScenarios.Of(code),
    };

    private static Task<ProofReport> Check(Action<CheckWorld> arrange)
    {
        var world = new CheckWorld();
        arrange(world);
        return world.CheckAsync();
    }

    private static Task<ProofReport> AtServers(int servers, Action<NameSpace> arrange)
    {
        var space = NameSpace.WithAcme(servers);
        arrange(space);
        var world = new CheckWorld { Domain = "acme.example" };
        world.Record = world.Record with { Name = "_host-challenge.acme.example" };
        return world.CheckAsync(space.Resolver());
    }

    private static Task<ProofReport> Faulty(DnsFault fault) => Check(world =>
    {
        world.Zone.Txt(CheckWorld.Name, Value);
        world.Resolver.Faults.Add(fault).Add(DnsFault.Truncate());
    });

    private static Task<ProofReport> Ended(DnsLookupStatus status) => new CheckWorld().CheckAsync(new EndedResolver(status));

    private sealed class EndedResolver(DnsLookupStatus status) : IDnsResolver
    {
        public ValueTask<DnsLookup> ResolveAsync(DnsQuestion question, CancellationToken cancellationToken) =>
            ValueTask.FromResult(new DnsLookup { Status = status, Question = question });
    }
}
