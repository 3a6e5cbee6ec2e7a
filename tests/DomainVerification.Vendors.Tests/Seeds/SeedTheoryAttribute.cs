namespace DomainVerification.Vendors.Tests.Seeds;

/// <summary>A theory about a vendor's page, skipped with its name where the page is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SeedTheoryAttribute : TheoryAttribute
{
    public SeedTheoryAttribute(string page)
    {
        if (SeedPage.Find(page) is null)
        {
            Skip = $"The page '{page}' is not here.";
        }
    }
}
