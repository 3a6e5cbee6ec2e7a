using DomainVerification.AspNetCore.Resources.Internal;
using DomainVerification.AspNetCore.Streams.Internal;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DomainVerification.AspNetCore.Endpoints.Internal;

/// <summary>The routes of owners.</summary>
internal static class ClaimRoutes
{
    /// <summary>Maps them into a group.</summary>
    /// <param name="group">The group.</param>
    /// <param name="suffix">What operation ids end with.</param>
    public static void Map(RouteGroupBuilder group, string suffix)
    {
        MapReads(group, suffix);
        MapRequests(group, suffix);
        MapActions(group, suffix);
    }

    private static void MapReads(RouteGroupBuilder group, string suffix)
    {
        group.MapGet("", ClaimReads.ListAsync)
            .As($"listClaims{suffix}", "Lists the claims of the caller, a page at a time.")
            .Produces<ClaimList>().Refuses(400).RequireAuthorization(DomainVerificationPolicies.Read);
        group.MapGet("{claim}", ClaimReads.GetAsync)
            .As($"getClaim{suffix}", "Reads a claim.")
            .Produces<ClaimResource>().Produces(304).Refuses(404).RequireAuthorization(DomainVerificationPolicies.Read);
        group.MapGet("by-domain/{domain}", ClaimReads.GetByDomainAsync)
            .As($"getClaimByDomain{suffix}", "Reads the newest claim of the caller to a domain.")
            .Produces<ClaimResource>().Produces(304).Refuses(404, 422, 503).RequireAuthorization(DomainVerificationPolicies.Read);
        group.MapGet("{claim}/instructions", ClaimReads.GetInstructionsAsync)
            .As($"getClaimInstructions{suffix}", "Reads what to publish, with the token.")
            .Produces<InstructionsResource>().Refuses(404, 409, 410).RequireAuthorization(DomainVerificationPolicies.Read);
        group.MapGet("{claim}/identities", ClaimReads.ListIdentitiesAsync)
            .As($"listClaimIdentities{suffix}", "Lists what was made for the holder, with the records that it needs.")
            .Produces<IdentityList>().Refuses(404).RequireAuthorization(DomainVerificationPolicies.Read);
        group.MapGet("{claim}/provisioning", ClaimReads.GetProvisioningAsync)
            .As($"getClaimProvisioning{suffix}", "Tells how far the identities are.")
            .Produces<ProvisioningResource>().Refuses(404).RequireAuthorization(DomainVerificationPolicies.Read);
        group.MapGet("{claim}/audit", ClaimReads.ListEventsAsync)
            .As($"listClaimEvents{suffix}", "Lists the audit trail, oldest first.")
            .Produces<EventList>().Refuses(404).RequireAuthorization(DomainVerificationPolicies.Read);
        group.MapGet("{claim}/events", ClaimReads.WatchAsync)
            .As($"watchClaim{suffix}", "Streams the state of a claim, now and after each change.")
            .Produces<ClaimUpdate>(contentType: EventWriter.MediaType).Produces(204).Refuses(404, 429)
            .RequireAuthorization(DomainVerificationPolicies.Read);
    }

    private static void MapRequests(RouteGroupBuilder group, string suffix)
    {
        group.MapPost("", ClaimChanges.RequestAsync)
            .As($"requestClaim{suffix}", "Asks for a domain and tells what to publish. Asking again answers with the live claim.")
            .Reads<ClaimRequestBody>().Produces<ClaimAnswer>(201).Produces<ClaimAnswer>().Refuses(400, 409, 413, 415, 422, 503)
            .RequireAuthorization(DomainVerificationPolicies.Write);
        group.MapPost("{claim}/rotate-token", ClaimChanges.RotateAsync)
            .As($"rotateClaimToken{suffix}", "Replaces the token, and the method where one is given.")
            .Reads<RotateBody>(isOptional: true).Produces<ClaimAnswer>()
            .Refuses(400, 404, 409, 412, 413, 415, 422, 428, 503).RequireAuthorization(DomainVerificationPolicies.Write);
        group.MapDelete("{claim}", ClaimChanges.DeleteAsync)
            .As($"deleteClaim{suffix}", "Ends a claim that does not hold its domain.")
            .Produces(204).Refuses(404, 409, 412, 428).RequireAuthorization(DomainVerificationPolicies.Write);
    }

    private static void MapActions(RouteGroupBuilder group, string suffix)
    {
        group.MapPost("{claim}/verify", ClaimChanges.VerifyAsync)
            .As($"verifyClaim{suffix}", "Looks for the proof now.")
            .Produces<ClaimAnswer>().Refuses(404, 409, 412, 422, 428, 429, 503).RequireAuthorization(DomainVerificationPolicies.Write);
        group.MapPost("{claim}/claim", ClaimChanges.ClaimAsync)
            .As($"claimDomain{suffix}", "Gives a verified domain to the caller.")
            .Produces<ClaimAnswer>().Refuses(404, 409, 412, 428, 503).RequireAuthorization(DomainVerificationPolicies.Write);
        group.MapPost("{claim}/confirm", ClaimChanges.ConfirmAsync)
            .As($"confirmClaim{suffix}", "Looks for the proof now and, where it is found, gives the domain to the caller.")
            .Produces<ClaimAnswer>().Refuses(404, 409, 412, 422, 428, 429, 503).RequireAuthorization(DomainVerificationPolicies.Write);
        group.MapPost("{claim}/unclaim", ClaimChanges.UnclaimAsync)
            .As($"unclaimDomain{suffix}", "Gives a held domain up. The caller stays verified.")
            .Produces<ClaimAnswer>().Refuses(404, 409, 412, 428).RequireAuthorization(DomainVerificationPolicies.Write);
        group.MapPost("{claim}/unverify", ClaimChanges.UnverifyAsync)
            .As($"unverifyClaim{suffix}", "Gives the proof up, which ends the claim. Refused while it holds the domain.")
            .Produces<ClaimAnswer>().Refuses(404, 409, 412, 428).RequireAuthorization(DomainVerificationPolicies.Write);
        group.MapPost("{claim}/cancel", ClaimChanges.CancelAsync)
            .As($"cancelClaim{suffix}", "Withdraws a request that is not proved yet.")
            .Produces<ClaimAnswer>().Refuses(404, 409, 412, 428).RequireAuthorization(DomainVerificationPolicies.Write);
    }
}
