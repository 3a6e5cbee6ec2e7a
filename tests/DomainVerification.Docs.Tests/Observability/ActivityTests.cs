using System.Collections.Concurrent;
using System.Diagnostics;
using DomainVerification.Diagnostics;
using DomainVerification.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.Docs.Tests.Observability;

/// <summary>The activities of a real check, over a real socket, as the page describes them.</summary>
public sealed class ActivityTests
{
    [Fact]
    public async Task A_check_leaves_the_activities_of_the_page_and_a_lookup_belongs_to_its_check()
    {
        var activities = new ConcurrentQueue<Activity>();
        using var root = new Activity("test").Start();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == DomainVerificationDiagnostics.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => activities.Enqueue(activity),
        };
        ActivitySource.AddActivityListener(listener);

        await CheckAsync();

        var own = activities.Where(activity => activity.TraceId == root.TraceId).ToList();
        var page = ObservabilityPage.Rows("Traces");
        Assert.Equal(ShippedCode.Activities().Order(), page.Select(row => row[0]).Order());
        Assert.All(page, row => Assert.All(
            own.Where(activity => activity.OperationName == row[0]).DefaultIfEmpty(),
            activity =>
            {
                Assert.Equal(row[1], activity!.Kind.ToString());
                Assert.Equal(ObservabilityPage.Words(row[2]).Order(), activity.TagObjects.Select(tag => tag.Key).Order());
            }));
        var check = own.Single(activity => activity.OperationName == "proof.check");
        Assert.All(
            own.Where(activity => activity.OperationName == "dns.lookup"), lookup => Assert.Equal(check.SpanId, lookup.ParentSpanId));
    }

    private static async Task CheckAsync()
    {
        var world = new DnsWorld();
        world.Zone("acme.example");
        await using var server = LoopbackDnsServer.Start(world);
        await using var services = new ServiceCollection()
            .AddDomainVerification(options => options.AllowUnlistedSuffixes = true)
            .ConfigureDns(options => options.Servers = [$"{server.Endpoint}"])
            .Services.BuildServiceProvider();
        var manager = services.GetRequiredService<IDomainClaimManager>();
        await manager.RequestAsync(new ClaimRequest("ann", "acme.example"));
        await manager.VerifyAsync(ClaimReference.To("ann", "acme.example"));
    }
}
