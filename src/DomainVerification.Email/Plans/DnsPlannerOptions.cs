namespace DomainVerification.Email;

/// <summary>The bounds of one planning. What they leave unasked is planned as <c>not_checked</c>.</summary>
public sealed class DnsPlannerOptions
{
    /// <summary>How many questions one planning may ask.</summary>
    /// <value>From 1 to 10,000; 300 until set.</value>
    public int MaximumQueries { get; set; } = 300;

    /// <summary>How many questions may be under way at a time.</summary>
    /// <value>From 1 to 64; 4 until set.</value>
    public int MaximumConcurrency { get; set; } = 4;

    /// <summary>How long one planning may ask.</summary>
    /// <value>From one second to five minutes; 20 seconds until set.</value>
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>All that is wrong with the options, as English sentences; empty where nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        List<string> faults = [];
        if (MaximumQueries is < 1 or > 10_000)
        {
            faults.Add($"{nameof(MaximumQueries)} must be from 1 to 10000, and is {MaximumQueries}.");
        }

        if (MaximumConcurrency is < 1 or > 64)
        {
            faults.Add($"{nameof(MaximumConcurrency)} must be from 1 to 64, and is {MaximumConcurrency}.");
        }

        if (Deadline < TimeSpan.FromSeconds(1) || Deadline > TimeSpan.FromMinutes(5))
        {
            faults.Add($"{nameof(Deadline)} must be from one second to five minutes, and is {Deadline}.");
        }

        return faults;
    }
}
