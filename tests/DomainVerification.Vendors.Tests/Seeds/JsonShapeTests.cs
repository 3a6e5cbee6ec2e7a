using System.Text.Json;

namespace DomainVerification.Vendors.Tests.Seeds;

public sealed class JsonShapeTests
{
    [Theory]
    [InlineData("""{"a":1}""", """{"a":2}""", 0)]
    [InlineData("""{"a":true}""", """{"a":false}""", 0)]
    [InlineData("""{"a":1}""", """{"a":"1"}""", 1)]
    [InlineData("""{"a":1}""", """{}""", 1)]
    [InlineData("""{"a":1}""", """{"a":1,"b":1}""", 1)]
    [InlineData("""{"a":1,"b":1}""", """{"b":1,"a":1}""", 1)]
    [InlineData("""{"a":[{"b":1}]}""", """{"a":[{"b":1},{"b":""}]}""", 1)]
    [InlineData("""{"a":null}""", """{"a":"x"}""", 1)]
    public void Another_shape_is_told(string expected, string actual, int differences) =>
        Assert.Equal(differences, JsonShape.Differences(Parse(expected), Parse(actual)).Count);

    [Fact]
    public void What_may_be_null_is_named() =>
        Assert.Empty(JsonShape.Differences(Parse("""{"a":{"b":null}}"""), Parse("""{"a":{"b":"x"}}"""), "a.b"));

    [SeedFact(SeedPage.Wacht)]
    public void The_examples_of_a_page_are_found()
    {
        var examples = SeedPage.Examples(SeedPage.Wacht);

        Assert.Contains(examples, example => example.TryGetProperty("status", out var status) && status.GetInt32() == 201);
    }

    private static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement;
}
