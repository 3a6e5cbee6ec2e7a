namespace DomainVerification.Docs.Tests;

internal static class SnippetsLifecycle
{
    public static async Task<string> WaitAsync(IDomainClaimManager claims, ClaimReference claim)
    {
        var held = await claims.ConfirmAsync(claim);
        if (held.Error is null)
        {
            held = await claims.WaitForProvisioningAsync(claim, TimeSpan.FromSeconds(10));
        }

        return held.Error is { } error ? $"{error.Code}: {error.Message}" : $"{held.RequireClaim().Identities.Count} identities";
    }
}
