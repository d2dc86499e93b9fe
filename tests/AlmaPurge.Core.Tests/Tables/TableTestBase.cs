using System.Text;
using AlmaPurge.Core.Tables;

namespace AlmaPurge.Core.Tests.Tables;

/// <summary>Writes files into a folder of its own, which goes with the test.</summary>
public abstract class TableTestBase : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("almapurge-");

    protected string Folder => _folder.FullName;

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        _folder.Delete(recursive: true);
    }

    protected static string Export(string name) => Path.Combine(AppContext.BaseDirectory, "exports", name);

    protected string Write(string content, Encoding? encoding = null, string name = "patrons.csv") =>
        Write((encoding ?? new UTF8Encoding(false)).GetBytes(content), name);

    protected string Write(byte[] content, string name = "patrons.csv")
    {
        string path = Path.Combine(Folder, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    protected static TableSource Open(string path, TableOptions? options = null) =>
        TableSource.Open(path, options ?? TableOptions.Default);

    protected static List<string> Texts(string path, KnownColumn column, TableOptions? options = null)
    {
        List<string> texts = [];
        using TableCursor cursor = Open(path, options).Read();
        while (cursor.Read())
        {
            texts.Add(cursor.TextOf(column));
        }

        return texts;
    }

    protected static TableException Refused(Action act, TableErrorKind kind)
    {
        TableException error = Assert.Throws<TableException>(act);
        Assert.Equal(kind, error.Kind);
        Assert.Contains(Path.GetFileName(error.Path), error.Message, StringComparison.Ordinal);
        Assert.EndsWith(error.NextStep, error.Message, StringComparison.Ordinal);
        return error;
    }
}
