using AlmaPurge.HelpBuilder;

// Makes Get-Help's files of a folder of pages, in another folder. Called by the build: see src/AlmaPurge/Help.targets.
(string pages, string output) = (args[0], args[1]);
try
{
    Directory.CreateDirectory(output);
    ILookup<bool, string> isTopic = Directory.GetFiles(pages, "*.md").Order(StringComparer.Ordinal)
        .ToLookup(f => Path.GetFileName(f).StartsWith("about_", StringComparison.Ordinal));
    foreach (string topic in isTopic[true])
    {
        string file = Path.GetFileNameWithoutExtension(topic) + ".help.txt";
        File.WriteAllText(Path.Combine(output, file), AboutWriter.Write(topic));
    }

    // Last, since its date tells the build that all of it is done.
    MamlWriter.Write(isTopic[false].Select(f => new CommandPage(f))).Save(Path.Combine(output, "AlmaPurge.dll-Help.xml"));
    return 0;
}
catch (HelpPageException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
