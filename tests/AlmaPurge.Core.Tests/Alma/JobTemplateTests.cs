using AlmaPurge.Core.Alma;

namespace AlmaPurge.Core.Tests.Alma;

public sealed class JobTemplateTests
{
    [Theory]
    [InlineData("<job><parameters><parameter><name>a</name><value>1</value></parameter><parameter><name> b </name><value/></parameter></parameters></job>")]
    [InlineData("<?xml version=\"1.0\"?><job xmlns=\"x\"><parameters><parameter><name>a</name><value>1</value></parameter><parameter><name>b</name></parameter></parameters></job>")]
    [InlineData("""{"parameter":[{"name":{"value":"a"},"value":"1"},{"name":"b","value":null}]}""")]
    [InlineData("""{"parameters":{"parameter":[{"name":{"value":"a"},"value":1},{"name":{"value":"b"},"value":""}]}}""")]
    public void Template_is_read_as_xml_or_json(string text)
    {
        JobTemplate template = JobTemplate.Parse(text);

        Assert.Equal([new JobParameter("a", "1"), new JobParameter("b", "")], template.Parameters);
        Assert.Null(template.JobId);
    }

    [Fact]
    public void Address_above_it_tells_the_job()
    {
        JobTemplate template = JobTemplate.Parse("""
            POST https://api-na.hosted.exlibrisgroup.com/almaws/v1/conf/jobs/M148?op=run
            <job><parameters><parameter><name>a</name><value>1</value></parameter></parameters></job>
            """);

        Assert.Equal("M148", template.JobId);
    }

    [Theory]
    [InlineData("", "neither")]
    [InlineData("just words", "neither")]
    [InlineData("<job><parameters>", "damaged")]
    [InlineData("<job/>", "no parameters")]
    [InlineData("{\"parameter\":[", "damaged")]
    [InlineData("{\"parameter\":[]}", "no parameters")]
    [InlineData("{\"other\":1}", "no list")]
    [InlineData("{\"parameter\":[{\"value\":\"1\"}]}", "no name")]
    [InlineData("{\"parameter\":[{\"name\":\"a\",\"value\":[1]}]}", "a list")]
    [InlineData("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><job>&e;</job>", "damaged")]
    public void What_is_no_template_is_refused_with_the_reason(string text, string reason)
    {
        AlmaPurgeException error = Assert.Throws<AlmaPurgeException>(() => JobTemplate.Parse(text));

        Assert.Equal("InvalidJobTemplate", error.Id);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Name_that_is_there_twice_is_refused()
    {
        AlmaPurgeException error = Assert.Throws<AlmaPurgeException>(
            () => JobTemplate.Parse("""{"parameter":[{"name":"x_Active","value":"false"},{"name":"X_ACTIVE","value":"true"}]}"""));

        Assert.Contains("x_Active", error.Message, StringComparison.Ordinal);
    }
}
