"""Other catalogues and the profiles by which their records come in: for those who may set them up."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from lumbung.catalogue.domain.copying import kept
from lumbung.catalogue.domain.copying import profiles as profile_verbs
from lumbung.catalogue.domain.copying import targets as verbs
from lumbung.catalogue.models import TakeOverProfile, Target
from lumbung.catalogue.permissions import TARGETS
from lumbung.catalogue.web.copying_forms import ProfileForm, TargetForm
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.once import once
from lumbung.kernel.ui.submission import form_page, reasons_shown_on


@needs(TARGETS)
def targets(request: HttpRequest) -> HttpResponse:
    return render(request, "catalogue/targets.html", {"rows": kept.targets(), "profiles": kept.profiles()})


@needs(TARGETS)
@once
def add(request: HttpRequest) -> HttpResponse:
    form = TargetForm(request.POST or None)
    if form.is_valid():
        with reasons_shown_on(form):
            added = verbs.add_target(by=request.user, **form.cleaned_data)
            messages.success(request, _("%(name)s ditambahkan. Coba dahulu sebelum dipakai.") % {"name": added})
            return redirect("catalogue:targets")
    return form_page(request, "catalogue/target.html", form, target=None)


@needs(TARGETS)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(Target, pk=pk)
    form = TargetForm(request.POST or None, instance=shown)
    if form.is_valid():
        with reasons_shown_on(form):
            verbs.change_target(shown, by=request.user, **form.cleaned_data)
            messages.success(request, _("%(name)s disimpan.") % {"name": form.cleaned_data["name"]})
            return redirect("catalogue:targets")
    return form_page(request, "catalogue/target.html", form, target=shown)


@needs(TARGETS)
@require_POST
def add_known(request: HttpRequest) -> HttpResponse:
    """The catalogues we know of, switched off."""
    added = verbs.add_known_targets(by=request.user)
    told = ngettext(
        "%(count)d katalog ditambahkan, semuanya belum dinyalakan. Coba dahulu satu per satu.",
        "%(count)d katalog ditambahkan, semuanya belum dinyalakan. Coba dahulu satu per satu.",
        len(added),
    ) % {"count": len(added)}
    messages.success(request, told if added else _("Semua katalog yang kami kenal sudah ada."))
    return redirect("catalogue:targets")


@needs(TARGETS)
@require_POST
def switch(request: HttpRequest, pk: int) -> HttpResponse:
    verbs.change_target(get_object_or_404(Target, pk=pk), by=request.user, switched_on=request.POST.get("on") == "1")
    return redirect("catalogue:targets")


@needs(TARGETS)
@require_POST
def trial(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask it something harmless; for htmx its line alone comes back."""
    tried = verbs.try_target(get_object_or_404(Target, pk=pk))
    if request.headers.get("HX-Request"):
        return render(request, "catalogue/target_line.html", {"row": tried})
    return redirect("catalogue:targets")


@needs(TARGETS)
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    gone = get_object_or_404(Target, pk=pk)
    verbs.remove_target(gone, by=request.user)
    messages.success(request, _("%(name)s dihapus.") % {"name": gone})
    return redirect("catalogue:targets")


@needs(TARGETS)
@once
def add_profile(request: HttpRequest) -> HttpResponse:
    form = ProfileForm(request.POST or None, initial={"dropped": profile_verbs.USUALLY_DROPPED})
    if form.is_valid():
        with reasons_shown_on(form):
            added = profile_verbs.add_profile(by=request.user, **form.cleaned_data)
            messages.success(request, _("Profil %(name)s ditambahkan.") % {"name": added})
            return redirect("catalogue:targets")
    return form_page(request, "catalogue/profile.html", form, profile=None)


@needs(TARGETS)
def change_profile(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(TakeOverProfile, pk=pk)
    form = ProfileForm(request.POST or None, instance=shown)
    if form.is_valid():
        with reasons_shown_on(form):
            profile_verbs.change_profile(shown, by=request.user, **form.cleaned_data)
            messages.success(request, _("Profil %(name)s disimpan.") % {"name": form.cleaned_data["name"]})
            return redirect("catalogue:targets")
    return form_page(request, "catalogue/profile.html", form, profile=shown)


@needs(TARGETS)
@require_POST
def remove_profile(request: HttpRequest, pk: int) -> HttpResponse:
    gone = get_object_or_404(TakeOverProfile, pk=pk)
    profile_verbs.remove_profile(gone, by=request.user)
    messages.success(request, _("Profil %(name)s dihapus.") % {"name": gone})
    return redirect("catalogue:targets")
