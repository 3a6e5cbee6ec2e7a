namespace DomainVerification.PublicSuffixes;

/// <summary>One rule of a public suffix list.</summary>
/// <param name="Text">
/// The rule in canonical form (A-labels, lower case): <c>co.uk</c>, a wildcard <c>*.ck</c>, or an exception <c>!www.ck</c>.
/// </param>
/// <param name="Division">The section that it stands in, never <see cref="PublicSuffixDivision.Unlisted"/>.</param>
public readonly record struct PublicSuffixRule(string Text, PublicSuffixDivision Division);
