using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace AlmaPurge.Module.Tests;

/// <summary>Reads an assembly's metadata without loading it: the cmdlets cannot be loaded without an engine.</summary>
internal static class AssemblyFacts
{
    public static IReadOnlyList<string> References(string path)
    {
        using PEReader file = new(File.OpenRead(path));
        MetadataReader reader = file.GetMetadataReader();
        return [.. reader.AssemblyReferences.Select(handle => reader.GetString(reader.GetAssemblyReference(handle).Name))];
    }

    /// <summary>Verb-Noun of each class with a [Cmdlet] attribute.</summary>
    public static IReadOnlyList<string> Cmdlets(string path)
    {
        using PEReader file = new(File.OpenRead(path));
        MetadataReader reader = file.GetMetadataReader();
        return
        [
            .. reader.TypeDefinitions
                .SelectMany(type => reader.GetTypeDefinition(type).GetCustomAttributes())
                .Select(handle => reader.GetCustomAttribute(handle))
                .Where(attribute => NameOf(reader, attribute) == "CmdletAttribute")
                .Select(attribute => ReadVerbNoun(reader, attribute)),
        ];
    }

    private static string NameOf(MetadataReader reader, CustomAttribute attribute)
    {
        if (attribute.Constructor.Kind != HandleKind.MemberReference)
        {
            return string.Empty;
        }

        MemberReference constructor = reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor);
        return constructor.Parent.Kind == HandleKind.TypeReference
            ? reader.GetString(reader.GetTypeReference((TypeReferenceHandle)constructor.Parent).Name)
            : string.Empty;
    }

    private static string ReadVerbNoun(MetadataReader reader, CustomAttribute attribute)
    {
        BlobReader value = reader.GetBlobReader(attribute.Value);
        value.ReadUInt16();
        return $"{value.ReadSerializedString()}-{value.ReadSerializedString()}";
    }
}
