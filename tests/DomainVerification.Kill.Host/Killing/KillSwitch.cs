using System.Diagnostics;

namespace DomainVerification.Kill.Host.Killing;

/// <summary>Kills the process at a step, as the test orders: with SIGKILL, so that nothing of it runs on.</summary>
internal sealed class KillSwitch(Reports reports)
{
    private readonly Lock _turn = new();
    private string? _step;
    private int _passings;

    internal void Arm(string step, int passing)
    {
        if (!KillSteps.All.Contains(step))
        {
            throw new ArgumentException($"There is no step {step}.", nameof(step));
        }

        lock (_turn)
        {
            (_step, _passings) = (step, passing);
        }
    }

    internal void Disarm()
    {
        lock (_turn)
        {
            _step = null;
        }
    }

    internal bool IsArmed(string step) => Volatile.Read(ref _step) == step;

    internal void Pass(string step)
    {
        lock (_turn)
        {
            if (step != _step || --_passings > 0)
            {
                return;
            }

            // Whoever else comes to a step waits for the end with us.
            reports.Write(Reports.Dying, step);
            Process.GetCurrentProcess().Kill();
            Thread.Sleep(Timeout.Infinite);
        }
    }
}
