"""The first page of the staff: five commonest tasks of each role, one touch away."""

import pytest
from django.urls import reverse

from lumbung.project.work_places import TASKS

pytestmark = pytest.mark.django_db
HOME = reverse("staff_home")


@pytest.mark.parametrize("role", TASKS)
def test_each_role_reaches_its_five_commonest_tasks_in_one_touch(client, role, with_role, signed_in):
    signed_in(client, with_role(role))
    tasks = client.get(HOME).context["tasks"]
    assert tasks == list(TASKS[role])
    assert len(tasks) == 5
    assert [client.get(task.url).status_code for task in tasks] == [200] * 5


def test_members_and_visitors_have_no_work_place(client, ani, budi, signed_in):
    assert client.get(HOME)["Location"].startswith("/accounts/login/")
    assert [signed_in(client, each.user).get(HOME).status_code for each in (ani, budi)] == [403, 403]


def test_somebody_with_two_roles_sees_each_task_once(client, with_role, signed_in):
    signed_in(client, with_role("librarian", "circulation"))
    labels = [str(task.label) for task in client.get(HOME).context["tasks"]]
    assert len(labels) == len(set(labels)) == 7
