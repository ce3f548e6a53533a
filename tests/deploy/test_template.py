"""deploy/template.yaml: what would be costly to find out in the account."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from deploy import bundle
from skill.alexa.lambda_handler import RETIRE
from skill.alexa.turn_log import STUMBLE_METRICS
from skill.log_lines import NAMESPACE
from skill.settings import read_settings
from tests.server import PROJECT

TEMPLATE = PROJECT / "deploy" / "template.yaml"
STORE = {"dynamodb:GetItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"}
LOGS = {"logs:CreateLogStream", "logs:PutLogEvents"}
LISTENERS, LOG, SITE = {"GetAtt": "Listeners.Arn"}, {"GetAtt": "Log.Arn"}, {"GetAtt": "Site.Arn"}
SITE_FILES = {"Sub": "${Site.Arn}/*"}
ALEXA_WAITS = 8
"""Seconds."""


class Loader(yaml.SafeLoader):
    """Reads CloudFormation's short forms: !Ref Name as {"Ref": "Name"}."""


def short_form(loader: Loader, name: str, node: yaml.Node) -> dict[str, Any]:
    if isinstance(node, yaml.ScalarNode):
        return {name: loader.construct_scalar(node)}
    assert isinstance(node, yaml.SequenceNode)
    return {name: loader.construct_sequence(node, deep=True)}


Loader.add_multi_constructor("!", short_form)
template = yaml.load(TEMPLATE.read_text(encoding="utf-8"), Loader)
resources = template["Resources"]
functions = template["Globals"]["Function"]


def properties(name: str) -> Any:
    return resources[name]["Properties"]


def statements(value: Any) -> Iterator[Any]:
    """Every statement of every policy below the value."""
    if isinstance(value, dict):
        yield from value.get("Statement", ())
        for inner in value.values():
            yield from statements(inner)
    if isinstance(value, list):
        for inner in value:
            yield from statements(inner)


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def rights(role: str) -> list[tuple[set[str], Any]]:
    """What the role allows: actions, and on what."""
    return [
        (set(listed(each["Action"])), each["Resource"]) for each in statements(properties(role)["Policies"])
    ]


@pytest.mark.heavy
def test_cloudformation_would_take_it() -> None:
    command = [str(Path(sys.executable).with_name("cfn-lint")), "--include-checks", "I", "--", str(TEMPLATE)]
    linted = subprocess.run(command, capture_output=True, text=True)
    assert (linted.returncode, linted.stdout) == (0, "")


def test_only_alexa_calls_the_function_and_only_for_the_one_skill() -> None:
    events = {
        name: resource["Properties"]["Events"]
        for name, resource in resources.items()
        if resource["Type"] == "AWS::Serverless::Function"
    }
    assert events == {
        "Skill": {"Alexa": {"Type": "AlexaSkill", "Properties": {"SkillId": {"Ref": "SkillId"}}}},
        "Retirement": {
            "Daily": {
                "Type": "Schedule",
                "Properties": {"Schedule": "rate(1 day)", "Input": '{"task": "retire"}'},
            }
        },
    }
    assert yaml.safe_load(events["Retirement"]["Daily"]["Properties"]["Input"]) == RETIRE
    assert not [each for each in resources.values() if each["Type"] == "AWS::Lambda::Permission"]
    assert "Default" not in template["Parameters"]["SkillId"]


def test_each_function_may_do_what_it_needs_and_no_more() -> None:
    assert rights("SkillRole") == [(STORE, LISTENERS), (LOGS, LOG)]
    retiring = {"dynamodb:Scan", "dynamodb:UpdateItem", "dynamodb:DeleteItem"}
    assert rights("RetirementRole") == [(retiring, LISTENERS), (LOGS, LOG)]
    assert properties("Skill")["Role"] == {"GetAtt": "SkillRole.Arn"}
    assert properties("Retirement")["Role"] == {"GetAtt": "RetirementRole.Arn"}
    for name in resources:
        assert "ManagedPolicyArns" not in properties(name)
    for each in statements(resources):
        assert not [action for action in listed(each["Action"]) if "*" in action]
        assert each.get("Resource") in (None, LISTENERS, LOG, SITE, SITE_FILES)
        assert each["Effect"] == "Allow"
        assert "*" not in str(each.get("Principal", ""))


def test_what_is_kept_of_listeners_can_be_brought_back_and_outlives_the_stack() -> None:
    table = properties("Listeners")
    assert table["KeySchema"] == [{"AttributeName": "id", "KeyType": "HASH"}]
    assert table["AttributeDefinitions"] == [{"AttributeName": "id", "AttributeType": "S"}]
    assert table["BillingMode"] == "PAY_PER_REQUEST"
    assert table["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert table["SSESpecification"] == {"SSEEnabled": True}
    assert table["DeletionProtectionEnabled"] is True
    for name in ("Listeners", "Site"):
        assert resources[name]["DeletionPolicy"] == resources[name]["UpdateReplacePolicy"] == "Retain"


def test_the_bucket_is_closed_to_all_but_the_distribution() -> None:
    assert set(properties("Site")["PublicAccessBlockConfiguration"].values()) == {True}
    assert len(properties("Site")["PublicAccessBlockConfiguration"]) == 4
    read = [(each["Action"], each["Resource"]) for each in statements(properties("SitePolicy"))]
    assert read == [("s3:GetObject", SITE_FILES), ("s3:ListBucket", SITE)]
    for each in statements(properties("SitePolicy")):
        assert each["Principal"] == {"Service": "cloudfront.amazonaws.com"}
        (source,) = each["Condition"]["StringEquals"].values()
        assert source["Sub"].endswith(":distribution/${Distribution}")
    distribution = properties("Distribution")["DistributionConfig"]
    assert distribution["Origins"][0]["OriginAccessControlId"] == {"GetAtt": "SiteAccess.Id"}
    assert distribution["DefaultCacheBehavior"]["ViewerProtocolPolicy"] == "redirect-to-https"


def variables() -> Mapping[str, Any]:
    found: Mapping[str, Any] = functions["Environment"]["Variables"]
    return found


class Watched(dict[str, str]):
    """An environment that notes what it is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = set[str]()

    def get(self, name: str, default: Any = None) -> Any:
        self.asked.add(name)
        return default


@pytest.mark.parametrize("name", variables())
def test_each_variable_is_a_setting(name: str, tmp_path: Path) -> None:
    environment = Watched()
    read_settings(environment, tmp_path)
    assert name in environment.asked


def test_the_skill_has_all_that_it_cannot_do_without() -> None:
    needed = {"SKILL_ID", "LISTENER_KEY", "TABLE", "AUDIO_URL"}
    assert set(variables()) == {f"NIGHTFEED_{name}" for name in needed}
    assert variables()["NIGHTFEED_AUDIO_URL"]["If"][1:] == [
        {"Sub": "https://${Domain}/audio"},
        {"Sub": "https://${Distribution.DomainName}/audio"},
    ]
    key = template["Parameters"]["ListenerKey"]
    assert key["NoEcho"] is True
    assert "Default" not in key


def test_the_function_is_the_bundle_and_ends_when_alexa_no_longer_waits() -> None:
    assert (TEMPLATE.parent / functions["CodeUri"]).resolve() == PROJECT / bundle.BUNDLE
    assert functions["Handler"] == "lambda_function.handler"
    assert functions["Architectures"] == ["arm64"]
    assert bundle.LAMBDA_PLATFORM.endswith("_aarch64")
    assert properties("Skill")["Timeout"] == ALEXA_WAITS
    assert f"python{bundle.python_version()}" in template["Parameters"]["Runtime"]["AllowedValues"]


def test_logs_are_kept_for_a_month() -> None:
    assert functions["LoggingConfig"]["LogGroup"] == {"Ref": "Log"}
    assert properties("Log")["RetentionInDays"] == 30


def test_somebody_is_told_of_errors_throttles_and_slowness() -> None:
    alarms = [each["Properties"] for each in resources.values() if each["Type"] == "AWS::CloudWatch::Alarm"]
    of_lambda = [each for each in alarms if each["Namespace"] == "AWS/Lambda"]
    watched = {(each["MetricName"], each["Dimensions"][0]["Value"]["Ref"]) for each in of_lambda}
    wanted = {(metric, "Skill") for metric in ("Errors", "Throttles", "Duration")}
    assert watched == wanted | {("Errors", "Retirement")}
    (own,) = [each for each in alarms if each not in of_lambda]
    assert (own["Namespace"], {own["MetricName"]}) == (NAMESPACE, set(STUMBLE_METRICS))
    (slow,) = [each for each in alarms if each["MetricName"] == "Duration"]
    assert (slow["ExtendedStatistic"], slow["Threshold"]) == ("p99", 3000)
    for each in alarms:
        assert each["AlarmActions"]["If"][1] == [{"Ref": "AlarmTopicArn"}]
