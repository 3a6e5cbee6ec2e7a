namespace DomainVerification.Abstractions.Tests.Proofs;

public sealed class ProofReportTests
{
    private static readonly DateTimeOffset Now = new(2030, 5, 17, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Parts_AreWrittenWhenReadAndOnlyOnce()
    {
        var details = new CountingDetails();
        var report = new ProofReport(ProofOutcome.Proved, details);
        Assert.Equal(0, details.Written);

        Assert.Equal("proved", report.Diagnosis.Code);
        Assert.Equal(1, details.Written);

        Assert.Same(report.Diagnosis, report.Diagnosis);
        Assert.Same(report.Evidence, report.Evidence);
        Assert.Same(report.Observations, report.Observations);
        Assert.Equal(3, details.Written);
    }

    [Fact]
    public void Parts_OfTheirOwn_GoBeforeThoseThatWouldBeWritten()
    {
        var details = new CountingDetails();
        var diagnosis = new ProofDiagnosis("other", "Other.");
        var report = new ProofReport(ProofOutcome.Proved, details) with
        {
            Diagnosis = diagnosis,
            Evidence = null,
            Observations = [],
            RetryAfter = null,
        };

        Assert.Same(diagnosis, report.Diagnosis);
        Assert.Null(report.Evidence);
        Assert.Empty(report.Observations);
        Assert.Empty(report.FurtherObservations);
        Assert.Null(report.RetryAfter);
        Assert.Equal(Now, report.CheckedAt);
        Assert.Equal(0, details.Written);
    }

    [Fact]
    public void Parts_ThatAreGivenOneAfterTheOther_AllStand()
    {
        var report = new ProofReport(ProofOutcome.Proved, new CountingDetails());
        var later = Now.AddMinutes(1);
        var changed = report with { CheckedAt = later } with { RetryAfter = TimeSpan.FromSeconds(5) } with { Elapsed = TimeSpan.FromSeconds(1) };

        Assert.Equal(later, changed.CheckedAt);
        Assert.Equal(TimeSpan.FromSeconds(5), changed.RetryAfter);
        Assert.Equal("proved", changed.Diagnosis.Code);
        Assert.NotNull(changed.Evidence);
        Assert.Equal(Now, report.CheckedAt);
        Assert.Equal(TimeSpan.FromSeconds(60), report.RetryAfter);
    }

    [Fact]
    public void Copies_AreEqualWhoeverWasReadFirst()
    {
        var report = new ProofReport(ProofOutcome.Proved, new CountingDetails());
        var copy = report with { };
        Assert.Equal("proved", copy.Diagnosis.Code);
        Assert.NotEmpty(copy.Observations);

        Assert.Equal(report, copy);
        Assert.Equal(report.GetHashCode(), copy.GetHashCode());
        Assert.NotEqual(report, copy with { Outcome = ProofOutcome.NotProved });
        Assert.NotEqual(report, copy with { Evidence = null });
        Assert.NotEqual(report, copy with { Diagnosis = new ProofDiagnosis("other", "Other.") });
        Assert.NotEqual(report, copy with { FurtherObservations = report.Observations });
        Assert.NotEqual(report, copy with { RetryAfter = TimeSpan.FromSeconds(1) });
    }

    [Fact]
    public void Report_MadeByItsProperties_HoldsThem()
    {
        var report = new ProofReport
        {
            Outcome = ProofOutcome.NotProved,
            Diagnosis = new ProofDiagnosis("record_not_found", "Nothing is there."),
            CheckedAt = Now,
        };

        Assert.Equal("record_not_found", report.Diagnosis.Code);
        Assert.Null(report.Evidence);
        Assert.Empty(report.Observations);
        Assert.Empty(report.FurtherObservations);
        Assert.Equal(report, report with { CheckedAt = Now });
    }

    private sealed class CountingDetails : WrittenDetails
    {
        public int Written { get; private set; }

        public override DateTimeOffset CheckedAt => Now;

        public override TimeSpan? RetryAfter => TimeSpan.FromSeconds(60);

        protected override ProofDiagnosis WriteDiagnosis()
        {
            Written++;
            return new ProofDiagnosis("proved", "It is there.");
        }

        protected override ProofEvidence WriteEvidence()
        {
            Written++;
            return new ProofEvidence
            {
                Method = ProofMethod.DnsTxt,
                RecordName = "_challenge.example.com",
                Server = "192.0.2.53:53",
                ValueDigest = "00",
                ObservedAt = Now,
            };
        }

        protected override IReadOnlyList<ProofObservation> WriteObservations()
        {
            Written++;
            return [new ProofObservation { Server = "192.0.2.53:53", Transport = "udp", Question = "a TXT", Answer = "answered" }];
        }
    }
}
