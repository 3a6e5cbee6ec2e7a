namespace DomainVerification.Dns;

/// <summary>The asking of a zone's only server, made before its session began.</summary>
/// <param name="Cut">The zone.</param>
/// <param name="Sending">What was sent.</param>
internal readonly record struct FirstPoll(ZoneCut Cut, FirstSending Sending);
