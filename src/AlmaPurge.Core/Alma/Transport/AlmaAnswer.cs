using Newtonsoft.Json.Linq;

namespace AlmaPurge.Core.Alma;

/// <summary>A good answer.</summary>
/// <param name="Json">The object; empty where none is needed and none came.</param>
/// <param name="Text">The body as it came.</param>
internal sealed record AlmaAnswer(JObject Json, string Text);
