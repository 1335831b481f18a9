import pytest

from app.batch import session


@pytest.mark.spark
@pytest.mark.filterwarnings("ignore")
def test_java_is_started_as_it_costs_least_on_one_machine(spark: session.Spark) -> None:
    runtime = spark._jvm.java.lang.management.ManagementFactory.getRuntimeMXBean()
    assert {"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"} <= set(runtime.getInputArguments())


@pytest.mark.parametrize("missing", ["pyspark", "pandas"])
def test_a_missing_package_is_named_with_the_command_that_installs_it(
    missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "find_spec", lambda name: None if name == missing else name)
    with pytest.raises(session.SparkMissingError, match=rf"^{missing} cannot be imported.* make spark\."):
        session.refuse_if_missing()


def test_missing_java_is_named_with_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "find_spec", lambda name: name)
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(session.SparkMissingError, match=r"^Java is missing.* make spark\."):
        session.refuse_if_missing()
