using DomainVerification.Email.Identities.Internal;
using DomainVerification.Email.Status.Internal;
using FsCheck;
using FsCheck.Fluent;

namespace DomainVerification.Email.Tests.Status;

/// <summary>
/// Histories of looks, rotations and cancellations. A model that only remembers what every look saw says what the identity may be.
/// </summary>
public sealed class LifecycleModelTests
{
    private static readonly EmailIdentityOptions Options = new();

    [Theory]
    [InlineData(DkimMode.Txt)]
    [InlineData(DkimMode.Cname)]
    public void Every_history_keeps_the_rules(DkimMode mode)
    {
        var step = Gen.Choose(0, 9).SelectMany(kind => Gen.Choose(1, 180).SelectMany(minutes => Gen.Choose(0, 99)
            .ListOf(8)
            .Select(seeds => new Step(kind, minutes, [.. seeds]))));
        var histories = step.ListOf(60).ToArbitrary();
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(200),
            Prop.ForAll(histories, history => Run(mode, [.. history])));
    }

    private static void Run(DkimMode mode, IReadOnlyList<Step> history)
    {
        var model = new Model();
        var identity = LifecycleSamples.New(mode);
        var now = TimeSpan.Zero;
        var keys = 1;
        foreach (var step in history)
        {
            now += TimeSpan.FromMinutes(step.Minutes);
            var before = identity;
            switch (step.Kind)
            {
                case 0 when identity.Selectors.All(selector => selector.State != DkimSelectorState.Next):
                    var name = identity.Selectors.FirstOrDefault(selector => selector.State == DkimSelectorState.Spare)?.Name ?? $"n{keys}";
                    identity = SelectorLifecycle.Rotate(
                        identity,
                        DomainName.Parse("acme.example"),
                        name,
                        LifecycleSamples.Key($"k{++keys}"),
                        LifecycleSamples.Start + now);
                    break;
                case 1 when identity.Selectors.Any(selector => selector.State == DkimSelectorState.Next):
                    identity = SelectorLifecycle.Cancel(identity, LifecycleSamples.Start + now);
                    break;
                default:
                    var sights = step.Sights(identity);
                    identity = identity.Look(now, record => sights[record.Name + record.Type], isAsked: step.Kind == 2, Options);
                    model.Saw(before, identity, sights, now, isAsked: step.Kind == 2);
                    break;
            }

            Invariants(identity, mode);
        }
    }

    private static void Invariants(StoredIdentity identity, DkimMode mode)
    {
        Assert.Single(identity.Selectors, selector => selector.State == DkimSelectorState.Active);
        Assert.InRange(identity.Selectors.Count(selector => selector.State == DkimSelectorState.Next), 0, 1);
        Assert.InRange(identity.Selectors.Count(selector => selector.State == DkimSelectorState.Spare), 0, mode == DkimMode.Cname ? 1 : 0);
        Assert.All(identity.Selectors, selector => Assert.Equal(selector.State == DkimSelectorState.Spare, selector.Key is null));
        Assert.All(
            identity.Selectors,
            selector => Assert.Equal(
                selector.State is DkimSelectorState.Active or DkimSelectorState.Next,
                selector.Key?.PrivateKey is not null));
        Assert.Equal(
            identity.Selectors.Select(selector => selector.Name).Order(),
            identity.Records.Where(record => record.Purpose == SendingRecordPurpose.Dkim).Select(record => record.Selector).Order());
        Assert.Equal(identity.Selectors.Count, identity.Selectors.Select(selector => selector.Name).Distinct().Count());
        if (identity.Status == SendingStatus.Verified)
        {
            Assert.Equal(DkimStatus.Success, IdentityLifecycle.DkimStatusOf(identity));
            Assert.Equal(MailFromStatus.Success, IdentityLifecycle.MailFromStatusOf(identity));
        }

        if (identity.NextCheckAt is null)
        {
            Assert.True(identity.Status is SendingStatus.Failed || identity.CheckedAt is null);
        }
    }

    /// <summary>A step of a history: mostly looks, at which most records are as they were.</summary>
    internal sealed record Step(int Kind, int Minutes, IReadOnlyList<int> Seeds)
    {
        public Dictionary<string, SightKind> Sights(StoredIdentity identity) => identity.Records
            .Select((record, i) => (record.Name + record.Type, Seed: Seeds[i % Seeds.Count]))
            .ToDictionary(pair => pair.Item1, pair => pair.Seed switch
            {
                < 70 => SightKind.Found,
                < 88 => SightKind.Missing,
                _ => SightKind.Unknown,
            });
    }

    /// <summary>Remembers per record how long the present run of answered misses is, and judges moves by it.</summary>
    private sealed class Model
    {
        private readonly Dictionary<string, (int Misses, TimeSpan Since)> _misses = [];

        public void Saw(
            StoredIdentity before,
            StoredIdentity after,
            Dictionary<string, SightKind> sights,
            TimeSpan now,
            bool isAsked)
        {
            if (before.Status == SendingStatus.Failed && !isAsked)
            {
                Assert.Equal(before, after);
                return;
            }

            foreach (var (record, kind) in sights)
            {
                if (kind == SightKind.Found)
                {
                    _misses.Remove(record);
                }
                else if (kind == SightKind.Missing)
                {
                    var (misses, since) = _misses.GetValueOrDefault(record, (0, now));
                    _misses[record] = (misses + 1, since);
                }
            }

            Judge(before, after, sights, now);
        }

        private void Judge(StoredIdentity before, StoredIdentity after, Dictionary<string, SightKind> sights, TimeSpan now)
        {
            var allowed = StatusTable.Moves.Select(move => (move.From, move.To)).Append((SendingStatus.Failed, SendingStatus.Verified));
            Assert.True(
                before.Status == after.Status || allowed.Contains((before.Status, after.Status)),
                $"{before.Status} to {after.Status}");
            var required = after.Records.Where(record => IdentityLifecycle.IsRequired(after, record)).ToList();
            if (sights.Values.All(kind => kind == SightKind.Unknown))
            {
                Assert.Equal(before.Status == SendingStatus.Failed ? SendingStatus.Verifying : before.Status, after.Status);
            }

            if (before.Status != SendingStatus.Verified && after.Status == SendingStatus.Verified)
            {
                Assert.All(required, record => Assert.Equal(SendingRecordStatus.Verified, record.Status));
                Assert.NotNull(after.VerifiedAt);
            }

            if (before.Status == SendingStatus.Verified && after.Status == SendingStatus.Degraded)
            {
                Assert.Contains(required, record => _misses.TryGetValue(record.Name + record.Type, out var run)
                    && run.Misses >= 3
                    && now - run.Since >= TimeSpan.FromHours(1));
            }

            if (after.Status == SendingStatus.Failed && before.Status != SendingStatus.Failed)
            {
                Assert.True(LifecycleSamples.Start + now - after.VerifyingSince >= Options.Checks.FailAfter);
                Assert.Contains(SightKind.Missing, sights.Values);
            }
        }
    }
}
