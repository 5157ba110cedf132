"""How much memory there is for what takes much."""

from pathlib import Path

from lumbung.kernel import memory


def test_the_limit_of_a_service_counts_and_that_of_any_group_around_it(tmp_path: Path) -> None:
    told, group = tmp_path / "cgroup", tmp_path / "root" / "system.slice" / "lumbung.service"
    told.write_text("0::/system.slice/lumbung.service\n")
    group.mkdir(parents=True)
    (group / "memory.max").write_text("max\n")
    (group.parent / "memory.max").write_text("1073741824\n")
    assert list(memory._limits(told, tmp_path / "root")) == [1 << 30]


def test_a_machine_without_such_groups_tells_its_own(tmp_path: Path) -> None:
    assert list(memory._limits(tmp_path / "none", tmp_path)) == []
    assert memory.installed() > 1 << 28
