using System.Data.Common;
using DomainVerification.EntityFrameworkCore.Internal;

namespace DomainVerification.EntityFrameworkCore.Commits.Internal;

/// <summary>
/// Refusals as errors of PostgreSQL. An expression that must be true becomes a cast, which cannot be done where it is not: the error then
/// quotes the text that could not be cast, in whatever language the server speaks.
/// </summary>
internal static class PostgresRefusal
{
    private const string InvalidText = "22P02";
    private const string UniqueViolation = "23505";
    private const string Prefix = "domain_verification:";

    private static readonly Refusal[] All =
        [Refusal.VersionConflict, Refusal.AlreadyHeld, Refusal.ForeignEvent, Refusal.KnownWork, Refusal.TwoEnds];

    /// <summary>An expression that is an error unless the condition is true.</summary>
    public static string Unless(string condition, Refusal refusal) =>
        $"CAST(CASE WHEN {condition} THEN '1' ELSE '{Prefix}{refusal.Code}' END AS integer)";

    /// <summary>The refusal that an error stands for; <see langword="null"/> for a real error.</summary>
    public static Refusal? Find(DbException exception, StoreTables tables) => exception.SqlState switch
    {
        InvalidText => Array.Find(All, item => exception.Message.Contains($"\"{Prefix}{item.Code}\"", StringComparison.Ordinal)),

        // An event that somebody else wrote first, or a claim that comes to live or to hold beside another one.
        UniqueViolation when exception.Message.Contains(tables.HolderIndex, StringComparison.Ordinal) => Refusal.AlreadyHeld,
        UniqueViolation when exception.Message.Contains(tables.WorkKey, StringComparison.Ordinal) => Refusal.KnownWork,
        UniqueViolation => Refusal.VersionConflict,
        _ => null,
    };
}
