using DomainVerification.ConformanceTests.Samples;

namespace DomainVerification.ConformanceTests;

public abstract partial class IdempotencyStoreConformanceTests
{
    private const string OrdinalKeys = "Scopes and keys are compared ordinally.";

    /// <summary>Keys that differ in case only are two keys.</summary>
    [Contract(OrdinalKeys, Where = "IIdempotencyStore; IdempotencyKey")]
    public Task Keys_ThatDifferInCase_AreDifferent() => AssertKeysDifferAsync(("key", "KEY"), ("i", "\u0130"), ("\u00e9", "\u00c9"));

    /// <summary>Keys that differ in white space around them are two keys.</summary>
    [Contract(OrdinalKeys, Where = "IIdempotencyStore; IdempotencyKey")]
    public Task Keys_ThatDifferInSpace_AreDifferent() => AssertKeysDifferAsync(("key", "key "), ("other", " other"));

    /// <summary>Keys that look alike and differ in their code points are two keys.</summary>
    [Contract(OrdinalKeys, Where = "IIdempotencyStore; IdempotencyKey")]
    public Task Keys_ThatDifferInUnicodeForm_AreDifferent() =>
        AssertKeysDifferAsync(("\u00e9", "e\u0301"), ("\u00df", "ss"), ("a", "\uff41"), ("b", "b\u200d"));

    /// <summary>Keys are no patterns.</summary>
    [Contract(OrdinalKeys, Where = "IIdempotencyStore; IdempotencyKey")]
    public Task Keys_WithWildcards_MatchThemselvesOnly() => AssertKeysDifferAsync(("a_b", "axb"), ("a%", "abc"), ("'; --", "'"));

    /// <summary>The longest keys are kept whole.</summary>
    [Contract("Scopes and keys of up to IdempotencyKey.MaximumLength characters are kept whole.", Where = "IdempotencyKey.MaximumLength")]
    public Task Keys_OfFullLength_AreComparedToTheirEnd()
    {
        var text = string.Concat(Enumerable.Repeat("\ud83d\ude00", (IdempotencyKey.MaximumLength / 2) - 1));
        return AssertKeysDifferAsync((text + "aa", text + "ab"));
    }

    /// <summary>Scope and key are two things.</summary>
    [Contract("A key is a key within its scope: the two are never joined to one text.", Where = "IdempotencyKey")]
    public async Task Keys_ThatAreEqualWhenJoined_AreDifferent()
    {
        (string Scope, string Key)[] keys = [("a", "b/c"), ("a/b", "c"), ("a:b", "c"), ("a", "b:c"), ("ab", "c"), ("a", "bc"), ("c", "ab")];
        for (var number = 1; number <= keys.Length; number++)
        {
            await StartAsync(Sample.Request(number) with { Key = new IdempotencyKey(keys[number - 1].Scope, keys[number - 1].Key) });
        }
    }

    private async Task AssertKeysDifferAsync(params (string One, string Other)[] pairs)
    {
        var run = 1;
        foreach (var (one, other) in pairs)
        {
            foreach (var key in (IdempotencyKey[])[new(one, "key"), new(other, "key"), new("scope", one), new("scope", other)])
            {
                await StartAsync(Sample.Request(run++) with { Key = key });
            }
        }
    }
}
