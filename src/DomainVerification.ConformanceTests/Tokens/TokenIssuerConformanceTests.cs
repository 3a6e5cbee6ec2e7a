using DomainVerification.ConformanceTests.Samples;

namespace DomainVerification.ConformanceTests;

/// <summary>
/// The contract of <see cref="ITokenIssuer"/>. Derive a class that makes your issuer, and inherit the facts; each one that fails tells what
/// the contract says, where it says it, and what your issuer did.
/// </summary>
public abstract class TokenIssuerConformanceTests : ConformanceSuite
{
    private const string Recognises =
        "An issuer recognises the token that it issued, for the context that it issued it for, and nothing else.";

    private ITokenIssuer? _issuer;

    /// <summary>Makes the issuer that a fact works on.</summary>
    protected abstract ValueTask<ITokenIssuer> CreateIssuerAsync();

    /// <summary>Puts away the issuer, once for each fact. Disposes it unless overridden.</summary>
    /// <param name="issuer">What <see cref="CreateIssuerAsync"/> made.</param>
    protected virtual ValueTask DestroyIssuerAsync(ITokenIssuer issuer) => DisposeOfAsync(issuer);

    /// <summary>The profile that tokens are issued for; the default profile unless overridden.</summary>
    protected virtual string Profile => string.Empty;

    /// <summary>How many tokens are issued to find one that comes twice.</summary>
    protected virtual int Tokens => 10_000;

    private ITokenIssuer Issuer => _issuer ?? throw new InvalidOperationException("The issuer is made by InitializeAsync.");

    private TokenContext Context => new(Profile, "ann", Sample.Name(), 1);

    private protected override async Task SetUpAsync() => _issuer = await CreateIssuerAsync();

    private protected override async Task TearDownAsync()
    {
        if (_issuer is not null)
        {
            await DestroyIssuerAsync(_issuer);
        }
    }

    /// <summary>A token is recognised as often as it is seen.</summary>
    [Contract(Recognises, Where = "ITokenIssuer.MatchAsync")]
    public async Task Match_OwnToken_IsCurrent()
    {
        foreach (var context in Contexts())
        {
            var token = await Issuer.IssueAsync(context, default);
            Assert.Equal(TokenMatch.Current, await Issuer.MatchAsync(token.Value, token.Stored, context, default));
            Assert.Equal(TokenMatch.Current, await Issuer.MatchAsync(token.Value, token.Stored with { }, context with { }, default));
        }
    }

    /// <summary>A token of somebody else, or of another time, proves nothing.</summary>
    [Contract(Recognises, Where = "ITokenIssuer.MatchAsync")]
    public async Task Match_TokenOfAnotherContext_IsNone()
    {
        var own = await Issuer.IssueAsync(Context, default);
        foreach (var context in Contexts().Skip(1))
        {
            var other = await Issuer.IssueAsync(context, default);
            Assert.NotEqual(own.Value, other.Value);
            Assert.Equal(TokenMatch.None, await Issuer.MatchAsync(other.Value, own.Stored, Context, default));
            Assert.Equal(TokenMatch.None, await Issuer.MatchAsync(own.Value, other.Stored, context, default));
        }
    }

    /// <summary>What is almost the token is not the token.</summary>
    [Contract(Recognises, Where = "ITokenIssuer.MatchAsync")]
    public async Task Match_TokenWithOneChange_IsNone()
    {
        var token = await Issuer.IssueAsync(Context, default);
        var value = token.Value;
        var changed = Enumerable.Range(0, value.Length).SelectMany(place => (string[])
        [
            value.Remove(place, 1),
            value.Insert(place, "0"),
            value[..place] + (value[place] == 'a' ? 'b' : 'a') + value[(place + 1)..],
        ]);
        string[] others =
            [string.Empty, " ", value + " ", " " + value, value + value, value + "\0", value + ".", $"\"{value}\"", token.Stored.Value];

        foreach (var observed in changed.Concat(others).Where(observed => observed != value))
        {
            var match = await Issuer.MatchAsync(observed, token.Stored, Context, default);
            Assert.True(match == TokenMatch.None, $"'{observed}' was taken for '{value}'.");
        }
    }

    /// <summary>Whatever outsiders publish is an answer, not an accident.</summary>
    [Contract("An observed value is of any length and content, and never makes the issuer throw.", Where = "ITokenIssuer.MatchAsync")]
    public async Task Match_HostileValue_IsNone()
    {
        var token = await Issuer.IssueAsync(Context, default);
        string[] hostile =
        [
            "\0", "\ud800", "\udc00\ud800", "\ufffe\uffff", "%s%n", "{0}", "a\r\nb", "../../etc/passwd", "' OR 1=1 --", "====", "-1",
            new string('a', 1 << 20), new string('\u00e9', 65_536), new string('=', 4096), ExtremeSample.Text(1000),
        ];
        foreach (var observed in hostile)
        {
            Assert.Equal(TokenMatch.None, await Issuer.MatchAsync(observed, token.Stored, Context, default));
        }
    }

    /// <summary>A stored form that is not the issuer's own recognises nothing.</summary>
    [Contract("A stored form that the issuer cannot read recognises no value.", Where = "ITokenIssuer.MatchAsync; StoredToken")]
    public async Task Match_StoredFormThatIsNotItsOwn_IsNone()
    {
        var token = await Issuer.IssueAsync(Context, default);
        StoredToken[] foreign =
        [
            token.Stored with { Scheme = "a-later-scheme" },
            token.Stored with { Value = string.Empty },
            token.Stored with { Value = new string('!', 512) },
        ];
        foreach (var stored in foreign)
        {
            Assert.Equal(TokenMatch.None, await Issuer.MatchAsync("a-value", stored, Context, default));
        }
    }

    /// <summary>A token is text that any record and any form can carry.</summary>
    [Contract("A token is printable ASCII without spaces.", Where = "IssuedToken.Value")]
    public async Task Issue_Value_IsPrintableAsciiWithoutSpaces()
    {
        foreach (var context in Contexts())
        {
            var value = (await Issuer.IssueAsync(context, default)).Value;
            Assert.True(value.Length > 0 && value.All(character => character is > ' ' and <= '~'), $"'{value}' is not.");
        }
    }

    /// <summary>A stored form fits a column.</summary>
    [Contract("The stored form has a scheme of at most 32 characters and an ASCII value of at most 512.", Where = "StoredToken")]
    public async Task Issue_StoredForm_IsShortAscii()
    {
        foreach (var context in Contexts())
        {
            var stored = (await Issuer.IssueAsync(context, default)).Stored;
            Assert.InRange(stored.Scheme.Length, 1, 32);
            Assert.InRange(stored.Value.Length, 0, 512);
            Assert.True(stored.Value.All(char.IsAscii), $"'{stored.Value}' is not ASCII.");
        }
    }

    /// <summary>Tokens do not come twice, and are as long as their alphabet needs for what they must carry.</summary>
    [Contract(
        "A token carries at least 128 bits that an outsider cannot predict, and differs from every other one.",
        Where = "ITokenIssuer.IssueAsync")]
    public async Task Issue_ManyTokens_AreDifferentAndLongEnough()
    {
        var tokens = new HashSet<string>(StringComparer.Ordinal);
        for (var number = 0; number < Tokens; number++)
        {
            var context = Context with { Owner = $"owner-{number / 10}", Generation = 1 + (number % 10) };
            Assert.True(tokens.Add((await Issuer.IssueAsync(context, default)).Value), $"A token came twice, after {number} others.");
        }

        Assert.True(BitsOf(tokens) >= 128, $"Tokens such as '{tokens.First()}' carry {BitsOf(tokens):F0} bits at the most.");
    }

    /// <summary>What was disclosed once is not told again; what can be told again is the token.</summary>
    [Contract("The token is given again, or null where its stored form cannot.", Where = "ITokenIssuer.RevealAsync")]
    public async Task Reveal_OwnToken_IsTheTokenOrNothing()
    {
        foreach (var context in Contexts())
        {
            var token = await Issuer.IssueAsync(context, default);
            var revealed = await Issuer.RevealAsync(token.Stored, context, default);
            Assert.True(revealed is null || revealed == token.Value, $"'{revealed}' was revealed for '{token.Value}'.");
        }
    }

    /// <summary>Every call looks at its token.</summary>
    [Contract("A cancelled token ends a call with OperationCanceledException.", Where = "ITokenIssuer")]
    public async Task EveryCall_CancelledToken_ThrowsOperationCanceled()
    {
        var cancelled = new CancellationToken(canceled: true);
        var token = await Issuer.IssueAsync(Context, default);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Issuer.IssueAsync(Context, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await Issuer.MatchAsync(token.Value, token.Stored, Context, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Issuer.RevealAsync(token.Stored, Context, cancelled));
    }

    /// <summary>How much the places of the tokens that change can carry, by how many characters are seen in each.</summary>
    private static double BitsOf(HashSet<string> tokens)
    {
        var length = tokens.Min(token => token.Length);
        return Enumerable.Range(0, length).Sum(place => Math.Log2(tokens.Select(token => token[place]).Distinct().Count()));
    }

    /// <summary>Contexts that differ from the first in one thing each.</summary>
    private IEnumerable<TokenContext> Contexts() =>
    [
        Context,
        Context with { Generation = 2 },
        Context with { Generation = int.MaxValue },
        Context with { Owner = "bob" },
        Context with { Owner = "ANN" },
        Context with { Owner = "ann " },
        Context with { Owner = ExtremeSample.Claim.Owner },
        Context with { Domain = Sample.Name("other.example") },
        Context with { Domain = Sample.Name("b\u00fccher.example") },
    ];
}
