using DomainVerification.Challenges.Internal;
using DomainVerification.Proofs.Internal;
using FsCheck;
using FsCheck.Fluent;

namespace DomainVerification.Tests.Proofs;

public class TokenExtractorTests
{
    private const string Keyed = "token={token} expiry=2026-11-29";

    [Theory]
    [InlineData("token=abc", "abc")]
    [InlineData("token=abc expiry=2026-11-29", "abc")]
    [InlineData("TOKEN=abc expiry=2026-11-29", "abc")]
    [InlineData("Token=abc Expiry=never", "abc")]
    [InlineData("token=abc a=1 b c-d=2 e_f=!x", "abc")]
    [InlineData("token=abc token=def", "abc")]
    [InlineData("token=abc==", "abc==")]
    [InlineData("abc", "abc")]
    [InlineData("abc==", "abc==")]
    [InlineData("tokenabc", "tokenabc")]
    public void Extract_KeyedFormat_FindsTheToken(string value, string token) => Assert.Equal(token, TokenExtractor.Extract(value, Keyed));

    [Theory]
    [InlineData("")]
    [InlineData("token=")]
    [InlineData("token= abc")]
    [InlineData("token= expiry=2026-11-29")]
    [InlineData("token=abc ")]
    [InlineData(" token=abc")]
    [InlineData("token=abc  expiry=2026-11-29")]
    [InlineData("token=abc expiry=")]
    [InlineData("token=abc =x")]
    [InlineData("token=abc a.b=x")]
    [InlineData("token=abc a=\"x\"")]
    [InlineData("token=abc a=x\\y")]
    [InlineData("token=abc\texpiry=2026-11-29")]
    [InlineData("token=abc a=é")]
    [InlineData("expiry=2026-11-29 token=abc")]
    [InlineData("v=spf1 -all")]
    public void Extract_MalformedPairsOrAnotherOrder_FindsNothing(string value) => Assert.Null(TokenExtractor.Extract(value, Keyed));

    [Theory]
    [InlineData("wacht_verify_{token}", "wacht_verify_abc", "abc")]
    [InlineData("wacht_verify_{token}", "wacht_verify_", null)]
    [InlineData("wacht_verify_{token}", "Wacht_verify_abc", null)]
    [InlineData("wacht_verify_{token}", "abc", null)]
    [InlineData("a{token}a", "aa", null)]
    [InlineData("a{token}a", "a", null)]
    [InlineData("a{token}a", "aba", "b")]
    [InlineData("{token}.verify.host.example", "abc.verify.host.example", "abc")]
    [InlineData("{token}.verify.host.example", "verify.host.example", null)]
    [InlineData("{token}", "abc", "abc")]
    [InlineData("token={token};v=1", "token=abc;v=1", "abc")]
    [InlineData("token={token};v=1", "token=abc", null)]
    [InlineData("token={token} of Acme (\"us\")", "token=abc of Acme (\"us\")", "abc")]
    public void Extract_OwnFormat_IsTakenAsItIs(string format, string value, string? token) =>
        Assert.Equal(token, TokenExtractor.Extract(value, format));

    /// <summary>Whatever format a profile may have: what the instructions say to publish is what the check finds.</summary>
    [Fact]
    public void Extract_AnyAllowedFormat_FindsWhatTheInstructionsPublish()
    {
        var around = Gen.Elements("", "token=", " ", "=", ";", "expiry=2026-11-29", " a=b", "\"", "\\", "{", "x", "TOKEN=", " token=");
        var formats = from before in around.ListOf()
                      from after in around.ListOf()
                      select string.Concat(before.Take(4)) + ChallengeRecord.TokenPlaceholder + string.Concat(after.Take(4));
        var tokens = from prefix in Gen.Elements("", "token=", "a=", "v;")
                     from rest in Gen.Elements("abc", "a-b_c", "a==", "\"x\"")
                     select prefix + rest;

        Prop.ForAll(formats.Where(RecordSyntax.IsValueFormat).ToArbitrary(), tokens.ToArbitrary(), (format, token) =>
        {
            var record = new ChallengeRecord { Method = ProofMethod.DnsTxt, Name = "_x.example.com", ValueFormat = format };
            return TokenExtractor.Extract(record.FormatValue(token), format) == token;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Extract_AnyText_NeverThrows() =>
        Prop.ForAll<string>(value =>
        {
            TokenExtractor.Extract(value ?? "", Keyed);
            TokenExtractor.Extract("token=" + value, Keyed);
            TokenExtractor.Extract(value ?? "", "a{token}b");
        }).QuickCheckThrowOnFailure();
}
