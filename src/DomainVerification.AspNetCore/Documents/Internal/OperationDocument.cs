using DomainVerification.AspNetCore.Errors.Internal;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;

namespace DomainVerification.AspNetCore.Documents.Internal;

/// <summary>
/// Adds to the document of an operation what metadata cannot say: its headers, an example of each body, and what a key of an idempotent
/// request adds. Runs only where the host makes a document.
/// </summary>
internal static class OperationDocument
{
    private const string Json = "application/json";

    public static Task WriteAsync(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        CancellationToken cancellationToken)
    {
        var endpoint = new EndpointMetadataCollection(context.Description.ActionDescriptor.EndpointMetadata);
        if (endpoint.GetMetadata<IEndpointNameMetadata>()?.EndpointName is not { } id)
        {
            return Task.CompletedTask;
        }

        // What follows is the name of a profile.
        var name = id.Split('_')[0];
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>().Where(one => one.In == ParameterLocation.Query) ?? [])
        {
            parameter.Required = false;
        }

        if (endpoint.GetMetadata<IdempotencyKeyMetadata>() is { } key && !HttpMethods.IsGet(context.Description.HttpMethod ?? string.Empty))
        {
            AddKey(operation, key.Options);
        }

        foreach (var header in OperationHeaders.Of(operation))
        {
            Add(operation, header);
        }

        if (endpoint.GetMetadata<IAcceptsMetadata>()?.RequestType is { } body
            && operation.RequestBody?.Content?.TryGetValue(Json, out var sent) == true)
        {
            sent.Example = WireExamples.Of(name, body);
        }

        var shapes = endpoint.GetOrderedMetadata<IProducesResponseTypeMetadata>().ToLookup(response => response.StatusCode);
        foreach (var (text, answer) in operation.Responses ?? [])
        {
            var status = int.Parse(text, null);
            Complete((OpenApiResponse)answer, name, status, shapes[status].LastOrDefault()?.Type);
        }

        return Task.CompletedTask;
    }

    private static void Complete(OpenApiResponse response, string operation, int status, Type? shape)
    {
        foreach (var header in OperationHeaders.Of(operation, status, shape))
        {
            (response.Headers ??= new Dictionary<string, IOpenApiHeader>())[header.Name] = new OpenApiHeader
            {
                Description = header.Description,
                Schema = new OpenApiSchema { Type = header.Type },
            };
        }

        foreach (var (type, content) in response.Content ?? new Dictionary<string, OpenApiMediaType>())
        {
            content.Example ??= type == Problems.MediaType
                ? ProblemExamples.Of(operation, status)
                : shape is null ? null : WireExamples.Of(operation, shape);
        }
    }

    /// <summary>The header of the key, and the refusals that a key can cause.</summary>
    private static void AddKey(OpenApiOperation operation, IdempotencyOptions options)
    {
        Add(operation, OperationHeaders.Key with { IsRequired = options.IsRequired });
        var schema = operation.Responses?.Values.Select(response => response.Content).OfType<IDictionary<string, OpenApiMediaType>>()
            .Select(content => content.TryGetValue(Problems.MediaType, out var problem) ? problem.Schema : null)
            .FirstOrDefault(known => known is not null);
        (int Status, string Code)[] refusals =
        [
            (StatusCodes.Status400BadRequest, IdempotencyErrorCodes.KeyInvalid),
            (StatusCodes.Status409Conflict, IdempotencyErrorCodes.InProgress),
            (StatusCodes.Status413PayloadTooLarge, IdempotencyErrorCodes.BodyTooLarge),
            (options.ConflictStatus, options.ConflictCode),
            (StatusCodes.Status503ServiceUnavailable, IdempotencyErrorCodes.StoreUnavailable),
        ];
        foreach (var (status, code) in refusals)
        {
            operation.Responses?.TryAdd(status.ToString("0", null), new OpenApiResponse
            {
                Description = ReasonPhrases.GetReasonPhrase(status),
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    [Problems.MediaType] = new() { Schema = schema, Example = ProblemExamples.Of(status, code) },
                },
            });
        }
    }

    private static void Add(OpenApiOperation operation, RequestHeader header) => (operation.Parameters ??= []).Add(new OpenApiParameter
    {
        Name = header.Name,
        In = ParameterLocation.Header,
        Required = header.IsRequired,
        Description = header.Description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        Example = header.Example,
    });
}
