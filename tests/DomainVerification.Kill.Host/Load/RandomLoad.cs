namespace DomainVerification.Kill.Host.Load;

/// <summary>
/// Customers who request, prove, take over and give up at random. They are few and want the same few domains, so that they meet. What was
/// acknowledged is reported.
/// </summary>
internal sealed class RandomLoad(IDomainClaimManager claims, HostArguments arguments, Reports reports) : IDisposable
{
    private const int Customers = 2;
    private const int Owners = 4;
    private const int Domains = 6;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(15);

    private int _starts;
    private CancellationTokenSource? _stop;
    private Task _running = Task.CompletedTask;

    internal void Start()
    {
        _stop = new CancellationTokenSource();
        var seed = (arguments.Seed * 1000) + (_starts++ * Customers);
        _running = Task.WhenAll(Enumerable.Range(0, Customers).Select(number => RunAsync(new Random(seed + number), _stop.Token)));
    }

    internal async Task StopAsync()
    {
        await _stop!.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    public void Dispose() => _stop?.Dispose();

    private async Task RunAsync(Random random, CancellationToken cancellationToken)
    {
        await Task.Yield();
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                Report(await ActAsync(random, cancellationToken));
                await Task.Delay(Pause, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                reports.Write(Reports.Faulted, error);
            }
        }
    }

    private Task<ClaimResult> ActAsync(Random random, CancellationToken cancellationToken)
    {
        var owner = $"owner-{random.Next(Owners)}";
        var domain = $"kill-{random.Next(Domains)}.com";
        var claim = ClaimReference.To(owner, domain);
        return random.Next(100) switch
        {
            < 30 => claims.RequestAsync(new ClaimRequest(owner, domain), cancellationToken),
            < 60 => claims.ConfirmAsync(claim, cancellationToken: cancellationToken),
            < 68 => claims.VerifyAsync(claim, cancellationToken: cancellationToken),
            < 76 => claims.ClaimAsync(claim, cancellationToken: cancellationToken),
            < 86 => claims.UnclaimAsync(claim, cancellationToken: cancellationToken),
            < 92 => claims.UnverifyAsync(claim, cancellationToken: cancellationToken),
            < 95 => claims.CancelAsync(claim, cancellationToken: cancellationToken),
            _ => claims.RotateTokenAsync(claim, cancellationToken: cancellationToken),
        };
    }

    private void Report(ClaimResult result)
    {
        if (result is { Status: ClaimResultStatus.Done, Claim: { } claim })
        {
            reports.Write(Reports.Acknowledged, claim.Id, claim.Version, claim.Status);
        }
    }
}
