namespace HuaweiLive.Iam;

/// <summary>
/// A user of the settings. In the real cloud IAM knows these; here they stand under <c>Iam:Users</c>. Of a token only its SHA-256 is kept;
/// a secret key is needed as it is, to sign with.
/// </summary>
internal sealed record IamUser(
    string Name,
    string Account,
    string[] Projects,
    string[]? Permissions = null,
    string? TokenSha256 = null,
    string? AccessKey = null,
    string? SecretKey = null);
