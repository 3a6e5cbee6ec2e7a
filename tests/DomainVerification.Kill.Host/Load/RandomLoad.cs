namespace DomainVerification.Kill.Host.Load;

/// <summary>
/// Customers who request, prove, take over and give up at random. They are few and want the same few domains, so that they meet. What was
/// acknowledged is reported.
/// </summary>
internal sealed class RandomLoad(IDomainClaimManager claims, HostArguments arguments, Reports reports) : IDisposable
{
    private const int Customers = 2;
    private const int Owners = 3;
    private const int Domains = 6;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

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
                await ActAsync(random, cancellationToken);
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

    private async Task ActAsync(Random random, CancellationToken cancellationToken)
    {
        var owner = $"owner-{random.Next(Owners)}";
        var domain = $"kill-{random.Next(Domains)}.com";
        var claim = ClaimReference.To(owner, domain);
        switch (random.Next(100))
        {
            case < 8:
                await WaverAsync(claim, cancellationToken);
                break;
            case < 40:
                Report(await claims.RequestAsync(new ClaimRequest(owner, domain), cancellationToken));
                break;
            case < 65:
                Report(await claims.ConfirmAsync(claim, cancellationToken: cancellationToken));
                break;
            case < 70:
                Report(await claims.VerifyAsync(claim, cancellationToken: cancellationToken));
                break;
            case < 76:
                Report(await claims.ClaimAsync(claim, cancellationToken: cancellationToken));
                break;
            case < 86:
                Report(await claims.UnclaimAsync(claim, cancellationToken: cancellationToken));
                break;
            case < 92:
                Report(await claims.UnverifyAsync(claim, cancellationToken: cancellationToken));
                break;
            case < 95:
                Report(await claims.CancelAsync(claim, cancellationToken: cancellationToken));
                break;
            default:
                Report(await claims.RotateTokenAsync(claim, cancellationToken: cancellationToken));
                break;
        }
    }

    /// <summary>
    /// Claims, gives up and claims again faster than the outbox is worked off, so that work of ended holdings stands in it.
    /// </summary>
    private async Task WaverAsync(ClaimReference claim, CancellationToken cancellationToken)
    {
        for (var i = 0; i < 2; i++)
        {
            Report(await claims.ConfirmAsync(claim, cancellationToken: cancellationToken));
            Report(await claims.UnclaimAsync(claim, cancellationToken: cancellationToken));
        }

        Report(await claims.ClaimAsync(claim, cancellationToken: cancellationToken));
    }

    private void Report(ClaimResult result)
    {
        if (result is { Status: ClaimResultStatus.Done, Claim: { } claim })
        {
            reports.Write(Reports.Acknowledged, claim.Id, claim.Version, claim.Status);
        }
    }
}
