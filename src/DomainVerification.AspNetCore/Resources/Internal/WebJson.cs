using System.Text.Json.Serialization;
using DomainVerification.AspNetCore.Errors.Internal;

namespace DomainVerification.AspNetCore.Resources.Internal;

/// <summary>
/// All JSON that the endpoints read and write. Names are fixed by attributes, so that no setting of the host changes the wire. What a
/// body says must be known: a member that is not, such as an owner, is refused, and so is one that comes twice.
/// </summary>
[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    MaxDepth = 16)]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(ClaimResource))]
[JsonSerializable(typeof(ClaimAnswer))]
[JsonSerializable(typeof(ClaimList))]
[JsonSerializable(typeof(ClaimUpdate))]
[JsonSerializable(typeof(InstructionsResource))]
[JsonSerializable(typeof(IdentityList))]
[JsonSerializable(typeof(ProvisioningResource))]
[JsonSerializable(typeof(EventList))]
[JsonSerializable(typeof(ReviewResource))]
[JsonSerializable(typeof(ReviewList))]
[JsonSerializable(typeof(DecisionAnswer))]
[JsonSerializable(typeof(ClaimRequestBody))]
[JsonSerializable(typeof(RotateBody))]
[JsonSerializable(typeof(DecisionBody))]
internal sealed partial class WebJson : JsonSerializerContext;
