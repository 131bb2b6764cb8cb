"""Addresses. Everything of a program lives under ``/p/<program>/``."""

from allauth.account import views as account
from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

import curriculum.urls
import mentorship.urls
import residents.urls

from . import views
from .cockpit import deed_urls
from .operations import health_views, invitation_views
from .styleguide.views import styleguide

admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]  # as its docs say

RESIDENTS: list[URLPattern | URLResolver] = [
    *residents.urls.urlpatterns,
    path("p/<slug:program>/", include(deed_urls.RESIDENTS)),
]
CURRICULUM = [*curriculum.urls.urlpatterns, *deed_urls.CURRICULUM]
MENTORSHIP = [*mentorship.urls.urlpatterns, *deed_urls.MENTORSHIP]
"""One namespace for the deeds of an app, whether their pages need other apps or not."""

urlpatterns = [
    path("", views.start, name="home"),
    path("healthz", health_views.healthz, name="healthz"),
    path("healthz/deep", health_views.healthz_deep, name="healthz-deep"),
    path("account/sign-in/", account.login, name="account_login"),
    path("account/sign-in/code/", account.request_login_code, name="account_request_login_code"),
    path(
        "account/sign-in/code/confirm/",
        account.confirm_login_code,
        name="account_confirm_login_code",
    ),
    path("account/sign-out/", views.sign_out, name="account_logout"),
    path("account/inactive/", account.account_inactive, name="account_inactive"),
    path("invitation/<str:token>/", invitation_views.invitation, name="invitation"),
    path(
        "invitation/<str:token>/accept/",
        invitation_views.accept_invitation,
        name="invitation-accept",
    ),
    path("", include((RESIDENTS, "residents"))),
    path(
        "p/<slug:program>/",
        include(
            [
                path("", include("qipathway.cockpit.urls")),
                path("", include("residents.selection.urls")),
                path("", include((CURRICULUM, "curriculum"))),
                path("", include((MENTORSHIP, "mentorship"))),
                path("", include("capstone.urls")),
                path("", include("qipathway.imports.urls")),
                path("", include("qipathway.reminders.urls")),
            ]
        ),
    ),
    path("repair/", admin.site.urls),
    path("styleguide/", styleguide, name="styleguide"),
]
if settings.DEMO:
    urlpatterns.append(path("demo/", include("qipathway.demo.urls")))
