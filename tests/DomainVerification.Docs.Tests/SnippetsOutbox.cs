namespace DomainVerification.Docs.Tests;

internal static class SnippetsOutbox
{
    public static async Task ShowAsync(IOutbox outbox)
    {
        var dead = new WorkQuery { IsDead = true };
        for (var page = await outbox.ListAsync(dead); ; page = await outbox.ListAsync(dead with { After = page.Next }))
        {
            foreach (var work in page.Work)
            {
                Console.WriteLine($"{work.Id} {work.Kind} {work.Domain} since {work.DeadAt}: {work.LastError}");
            }

            if (page.Next is null)
            {
                break;
            }
        }
    }

    public static async Task<string> ReplayAsync(IOutbox outbox, Guid id, string operatorId)
    {
        var result = await outbox.ReplayAsync(id, ClaimActor.User(operatorId));
        return result.Error is { } error ? $"{error.Code}: {error.Message}" : $"due at {result.Work!.DueAt}";
    }
}
