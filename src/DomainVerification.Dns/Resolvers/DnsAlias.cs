namespace DomainVerification.Dns;

/// <summary>One step of a chain of aliases.</summary>
/// <param name="Name">The name that is an alias.</param>
/// <param name="Target">The name that it stands for.</param>
/// <param name="Source">The record that says so: a CNAME record at the name, or a DNAME record above it.</param>
public sealed record DnsAlias(DnsName Name, DnsName Target, DnsRecord Source);
