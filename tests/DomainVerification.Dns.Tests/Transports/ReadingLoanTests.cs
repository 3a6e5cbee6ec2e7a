namespace DomainVerification.Dns.Tests;

public sealed class ReadingLoanTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly PoolCompletions _completions = new();
    private readonly ReadingLoan _loan = new();
    private readonly PoolTurn _turn;

    public ReadingLoanTests() => _turn = NewTurn();

    [Fact]
    public void Turn_ReadsOnlyWhatWasLentToIt()
    {
        Assert.False(_loan.TryBegin(_turn));

        _loan.Give(_turn);

        Assert.False(_loan.TryBegin(NewTurn()));
        Assert.True(_loan.TryBegin(_turn));
    }

    [Fact]
    public void TurnWhereNothingGoesOn_LosesTheReading_AtTheSecondLook()
    {
        var steps = PoolTurn.NoStep;
        _loan.Give(_turn);

        Assert.Null(_loan.Look(ref steps));
        Assert.Same(_turn, _loan.Look(ref steps));

        Assert.False(_loan.TryBegin(_turn));
    }

    [Fact]
    public void TurnThatGoesOn_KeepsTheReading()
    {
        var steps = PoolTurn.NoStep;
        _loan.Give(_turn);

        for (var i = 0; i < 10; i++)
        {
            Assert.Null(_loan.Look(ref steps));
            ((IThreadPoolWorkItem)_turn).Execute();
        }

        Assert.True(_loan.TryBegin(_turn));
    }

    [Fact]
    public void TurnThatReads_KeepsTheReading()
    {
        var steps = PoolTurn.NoStep;
        _loan.Give(_turn);
        Assert.Null(_loan.Look(ref steps));
        Assert.True(_loan.TryBegin(_turn));

        Assert.Null(_loan.Look(ref steps));
        Assert.Null(_loan.Look(ref steps));
        _loan.End(returns: false);

        // As little as it had gone on before it read, it has the time between two looks anew.
        Assert.Null(_loan.Look(ref steps));
        Assert.Same(_turn, _loan.Look(ref steps));
    }

    [Fact]
    public void TurnThatLostTheReading_TakesNothingFromTheNext()
    {
        var steps = PoolTurn.NoStep;
        var next = NewTurn();
        _loan.Give(_turn);
        Assert.Null(_loan.Look(ref steps));
        Assert.Same(_turn, _loan.Look(ref steps));
        _loan.Give(next);
        Assert.True(_loan.TryBegin(next));

        Assert.False(_loan.TryBegin(_turn));

        Assert.Null(_loan.Look(ref steps));
        Assert.Null(_loan.Look(ref steps));
        _loan.End(returns: false);
        Assert.True(_loan.TryBegin(next));
    }

    [Fact]
    public async Task WhoWaits_GetsWhatIsGivenBack()
    {
        _loan.Give(_turn);
        Assert.True(_loan.TryBegin(_turn));
        var waiting = Task.Run(_loan.Await);

        _loan.End(returns: true);

        Assert.Null(await waiting.WaitAsync(Patience));
        Assert.False(_loan.TryBegin(_turn));
    }

    [Fact]
    public async Task WhoWaits_TakesItFromATurnThatNeverBegins()
    {
        _loan.Give(_turn);

        Assert.Same(_turn, await Task.Run(_loan.Await).WaitAsync(Patience));
    }

    private PoolTurn NewTurn() => new(new EpollReceiver(), _completions);
}
