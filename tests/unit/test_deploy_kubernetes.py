"""The manifests of deploy/kubernetes: valid, complete, and fitting to each other and to the code."""

import re

import pytest
from kubernetes_validate import ValidationError, validate  # type: ignore[import-untyped] # it has none

from deckgen.web import uploads
from tests.deployed import MANIFESTS, ROOT, SECRETS, documents, processes, settings_of
from tests.prometheus import described

OLDEST, NEWEST = "1.30", "1.37"  # releases of Kubernetes
# Kinds that Kubernetes itself does not have.
OF_OTHERS = {"Kustomization", "ScaledObject"}
NATIVE = [each for found in MANIFESTS.values() for each in found if each["kind"] not in OF_OTHERS]


@pytest.mark.parametrize("version", [OLDEST, NEWEST])
@pytest.mark.parametrize(
    "document", NATIVE, ids=lambda each: f"{each['kind']}-{each['metadata']['name']}"
)
def test_kubernetes_takes_them(document: dict[str, object], version: str) -> None:
    """Each follows the schema of its kind, with no member that it does not have."""
    assert validate(document, version, strict=True) == version


def test_a_wrong_member_is_found() -> None:
    """The control: a member that a Deployment does not have."""
    (document, *_) = documents("Deployment")
    with pytest.raises(ValidationError):
        validate({**document, "spec": document["spec"] | {"graceSeconds": 1}}, NEWEST, strict=True)


def test_selectors_find_their_pods() -> None:
    """Services and budgets choose the pods of one Deployment, and lead to a port that these have."""
    pods = [each["spec"]["template"] for each in documents("Deployment")]
    for document in [*documents("Service"), *documents("PodDisruptionBudget")]:
        wanted = document["spec"]["selector"]
        wanted = wanted.get("matchLabels", wanted)
        (pod,) = (each for each in pods if wanted.items() <= each["metadata"]["labels"].items())
        (container,) = pod["spec"]["containers"]
        assert document["metadata"]["name"] == f"deckgen-{container['name']}"
        for port in document["spec"].get("ports", ()):
            (named,) = container["ports"]
            assert (port["port"], port["targetPort"]) == (named["containerPort"], named["name"])


def test_every_manifest_is_listed() -> None:
    """Kustomize applies all, but for what needs KEDA."""
    (kustomization,) = MANIFESTS["kustomization.yaml"]
    assert {*kustomization["resources"], "kustomization.yaml", "autoscaling.yaml"} == MANIFESTS.keys()


def test_workers_follow_the_figure() -> None:
    """The autoscaler has a metric that there is, and a Deployment that leaves their number to it."""
    (scaled,) = MANIFESTS["autoscaling.yaml"]
    (trigger,) = scaled["spec"]["triggers"]
    assert trigger["metadata"]["query"] == "max(deckgen_queue_wanted_workers)"
    assert "deckgen_queue_wanted_workers" in {each.name for each in described()}
    (target,) = (
        each
        for each in documents("Deployment")
        if each["metadata"]["name"] == scaled["spec"]["scaleTargetRef"]["name"]
    )
    assert "replicas" not in target["spec"]
    assert scaled["spec"]["minReplicaCount"] >= 1


def test_tables_fit_into_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """All that is read at a time: else the kernel would end a table that is within its bounds, and
    with it the container."""
    found = {str(each): each for each in processes()}
    settings = settings_of(found["kubernetes-orchestrator"], monkeypatch)
    read = (settings.table_processes + settings.preview_processes) * settings.table_memory_bytes
    limits = {
        container["name"]: int(container["resources"]["limits"]["memory"].removesuffix("Gi")) * 2**30
        for document in documents("Deployment")
        for container in document["spec"]["template"]["spec"]["containers"]
    }
    assert limits["orchestrator"] > read
    assert limits["api"] > uploads.READERS * uploads.LEAST_MEMORY


def test_every_secret_is_described() -> None:
    """docs/deploying.md makes each Secret that the manifests name, with its settings."""
    page = (ROOT / "docs" / "deploying.md").read_text()
    for name, settings in SECRETS.items():
        (command,) = re.findall(rf"kubectl create secret generic {name} ((?:.*\\\n)*.*)\n", page)
        assert set(re.findall(r"--from-literal=(\w+)=", command)) == set(settings)
