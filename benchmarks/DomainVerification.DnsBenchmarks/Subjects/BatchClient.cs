using DomainVerification.DnsBenchmarks.Measuring;

namespace DomainVerification.DnsBenchmarks.Subjects;

/// <summary>Calls that check many at a time, one after the other.</summary>
internal sealed class BatchClient(CheckAsker asker) : IClient
{
    // As many as a host would keep the reports of.
    private const int BatchLength = 5_000;

    public async Task RunAsync(int queries, int inFlight, Tally tally)
    {
        for (var first = 0; first < queries; first += BatchLength)
        {
            var reports = await asker.AskAllAsync(first, Math.Min(BatchLength, queries - first), inFlight);
            for (var i = 0; i < reports.Count; i++)
            {
                tally.Note(first + i, CheckAsker.IsRight(reports[i]), reports[i].Elapsed);
            }
        }
    }
}
