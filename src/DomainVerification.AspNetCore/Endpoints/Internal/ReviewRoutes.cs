using DomainVerification.AspNetCore.Resources.Internal;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DomainVerification.AspNetCore.Endpoints.Internal;

/// <summary>The routes of operators.</summary>
internal static class ReviewRoutes
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("", Reviews.ListAsync)
            .As("listReviews", "Lists the takeovers that wait for a decision.")
            .Produces<ReviewList>().Refuses(400, 422);
        group.MapGet("{claim}", Reviews.GetAsync)
            .As("getReview", "Reads a takeover that waits for a decision.")
            .Produces<ReviewResource>().Produces(304).Refuses(404);
        group.MapPost("{claim}/approve", Reviews.ApproveAsync)
            .As("approveReview", "Decides for the claimant.")
            .Reads<DecisionBody>(isOptional: true).Produces<DecisionAnswer>().Refuses(400, 404, 409, 412, 413, 415, 428);
        group.MapPost("{claim}/reject", Reviews.RejectAsync)
            .As("rejectReview", "Decides for the holder.")
            .Reads<DecisionBody>(isOptional: true).Produces<DecisionAnswer>().Refuses(400, 404, 409, 412, 413, 415, 428);
        group.MapPost("{claim}/undo", Reviews.UndoAsync)
            .As("undoTransfer", "Gives a domain back to the owner that it was taken over from.")
            .Reads<DecisionBody>(isOptional: true).Produces<DecisionAnswer>().Refuses(400, 404, 409, 412, 413, 415, 428);
    }
}
