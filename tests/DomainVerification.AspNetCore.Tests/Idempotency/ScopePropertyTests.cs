using System.Security.Claims;
using DomainVerification.AspNetCore.Idempotency.Internal;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.Http;

namespace DomainVerification.AspNetCore.Tests.Idempotency;

/// <summary>Whatever names tenants, users, endpoints and keys have, two requests share a record only where all of them are equal.</summary>
public sealed class ScopePropertyTests
{
    /// <summary>Few and short, so that equal ones come up often; made of all that could separate one from the next.</summary>
    private static readonly Gen<string> Names = Gen.OneOf(
        Gen.Elements("a", "A", "b", "ab", "1:a", "1:", ":", "-", "--", "|", "\0", " ", "é", "e\u0301", "\ud83d\ude00"),
        Gen.Elements('a', 'b', '1', '2', ':', '-', '|', '/', '\0').ListOf(3).Select(text => string.Concat(text)));

    private static readonly Gen<string> PossibleNames = Gen.Frequency((1, Gen.Constant(string.Empty)), (4, Names));

    private static readonly Gen<Sent> Requests =
        from tenant in PossibleNames
        from principal in PossibleNames
        from method in Gen.Elements("POST", "PUT", "PATCH", "DELETE")
        from template in PossibleNames
        from key in Gen.Elements("k", "K", "k1", "1", ":", "a")
        select new Sent(tenant, principal, method, template, key);

    /// <summary>Hosts must give owners and actors names that every store can keep.</summary>
    private static readonly Gen<string> HostNames =
        Names.Where(name => !name.Contains('\0', StringComparison.Ordinal) && !string.IsNullOrWhiteSpace(name));

    private static readonly Gen<Who> Clients =
        from claimant in (from owner in HostNames
                          from kind in Gen.Elements(ClaimActorKind.User, ClaimActorKind.System)
                          from actor in HostNames
                          select new Acting(owner, kind, actor)).OrNull()
        from user in (from issuer in Names from scheme in Names from name in Names select new SignedIn(issuer, scheme, name)).OrNull()
        where claimant is not null || user is not null
        select new Who(claimant, user);

    [Fact]
    public void Records_are_shared_only_where_tenant_principal_endpoint_and_key_are_equal()
    {
        Prop.ForAll(Arb.From(Pairs(Requests, Mix)), pair => (Record(pair.First) == Record(pair.Second)) == (pair.First == pair.Second))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));

        static (string, string) Record(Sent sent) =>
            (RequestIdentity.Scope(new IdempotencyClient(sent.Tenant, sent.Principal), sent.Method, sent.Template), sent.Key);
    }

    /// <summary>The same for neighbours: what one field ends with is moved to the beginning of the next.</summary>
    [Fact]
    public void No_cut_between_two_fields_is_taken_for_another()
    {
        const string Text = "1:a2:bc-3:|ab/c";
        var scopes = Enumerable.Range(0, Text.Length + 1)
            .SelectMany(first => Enumerable.Range(first, Text.Length + 1 - first).Select(second => (first, second)))
            .SelectMany(cut => Enumerable.Range(cut.second, Text.Length + 1 - cut.second).Select(third => RequestIdentity.Scope(
                new IdempotencyClient(Text[..cut.first], Text[cut.first..cut.second]), Text[cut.second..third], Text[third..])))
            .ToList();

        Assert.Equal(scopes.Count, scopes.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Clients_are_the_same_only_where_owner_actor_and_user_are_equal()
    {
        Prop.ForAll(
            Arb.From(Pairs(Clients, Mix)),
            pair => (ClientOf(pair.First) == ClientOf(pair.Second)) == (pair.First == pair.Second))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));
    }

    [Fact]
    public async Task An_identity_that_nobody_authenticated_names_nobody()
    {
        var user = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, "eve")]));
        var both = new ClaimsPrincipal(
        [
            new ClaimsIdentity([new Claim("other", "x")], "Cookies"), new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, "eve")]),
        ]);

        Assert.Null(await FindAsync(user, null));
        Assert.Null(await FindAsync(both, null));
    }

    /// <summary>
    /// Pairs that are equal, that have nothing to do with each other, and that are neighbours: they differ in one part, or in where one
    /// part ends and the next begins.
    /// </summary>
    private static Gen<(T First, T Second)> Pairs<T>(Gen<T> values, Func<T, T, int, T> mix) => Gen.OneOf(
        values.Select(value => (value, value)),
        from first in values from second in values select (first, second),
        from first in values from second in values from part in Gen.Choose(0, 9) select (first, mix(first, second, part)));

    private static Sent Mix(Sent first, Sent second, int part) => part switch
    {
        0 => first with { Tenant = second.Tenant },
        1 => first with { Principal = second.Principal },
        2 => first with { Method = second.Method },
        3 => first with { Template = second.Template },
        _ => first with { Key = second.Key },
    };

    private static Who Mix(Who first, Who second, int part) => (part, first, second) switch
    {
        (0, { Claimant: { } one }, { Claimant: { } other }) => first with { Claimant = one with { Owner = other.Owner } },
        (1, { Claimant: { } one }, { Claimant: { } other }) => first with { Claimant = one with { Kind = other.Kind } },
        (2, { Claimant: { } one }, { Claimant: { } other }) => first with { Claimant = one with { Actor = other.Actor } },
        (3, { User: { } one }, { User: { } other }) => first with { User = one with { Issuer = other.Issuer } },
        (4, { User: { } one }, { User: { } other }) => first with { User = one with { Scheme = other.Scheme } },
        (5, { User: { } one }, { User: { } other }) => first with { User = one with { Name = other.Name } },
        (6, { Claimant: { } one, User: { } user }, _) when Cut(one.Owner, user.Issuer) is var (owner, issuer) =>
            new Who(one with { Owner = owner }, user with { Issuer = issuer }),
        (7, { Claimant: { } one, User: { } user }, _) when Cut(one.Actor, user.Scheme) is var (actor, scheme) =>
            new Who(one with { Actor = actor }, user with { Scheme = scheme }),
        (8, { User: { } user }, _) when Cut(user.Scheme, user.Name) is var (scheme, name) =>
            first with { User = user with { Scheme = scheme, Name = name } },
        (9, { Claimant: not null }, _) => first with { User = first.User is null ? new SignedIn("-", "-", "-") : null },
        _ => second,
    };

    /// <summary>Moves the last character of a text to the beginning of the next, where both stay names that a host can give.</summary>
    private static (string First, string Second)? Cut(string first, string second) =>
        first.Length > 1 && !first.Any(char.IsSurrogate) && !string.IsNullOrWhiteSpace(first[..^1])
            ? (first[..^1], first[^1] + second)
            : null;

    private static IdempotencyClient? ClientOf(Who who)
    {
        var identity = who.User is { } user
            ? new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, user.Name, null, user.Issuer)], user.Scheme)
            : new ClaimsIdentity();
        var claimant = who.Claimant is { } acting ? new Claimant(acting.Owner, new ClaimActor(acting.Kind, acting.Actor)) : null;
        return FindAsync(new ClaimsPrincipal(identity), claimant).AsTask().GetAwaiter().GetResult();
    }

    private static ValueTask<IdempotencyClient?> FindAsync(ClaimsPrincipal user, Claimant? claimant) =>
        new ClaimantClientAccessor().GetClientAsync(
            new DefaultHttpContext { User = user, RequestServices = new Fixed(claimant) }, CancellationToken.None);

    private sealed record Sent(string Tenant, string Principal, string Method, string Template, string Key);

    private sealed record Who(Acting? Claimant, SignedIn? User);

    private sealed record Acting(string Owner, ClaimActorKind Kind, string Actor);

    private sealed record SignedIn(string Issuer, string Scheme, string Name);

    /// <summary>A host that has nothing but its own knowledge of the claimant.</summary>
    private sealed class Fixed(Claimant? claimant) : IServiceProvider, IClaimantAccessor
    {
        public object? GetService(Type serviceType) => serviceType == typeof(IClaimantAccessor) ? this : null;

        public ValueTask<Claimant?> GetClaimantAsync(HttpContext context, CancellationToken cancellationToken) =>
            ValueTask.FromResult(claimant);

        public ValueTask<ClaimActor?> GetReviewerAsync(HttpContext context, CancellationToken cancellationToken) =>
            ValueTask.FromResult<ClaimActor?>(null);
    }
}
