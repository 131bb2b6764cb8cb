from django.contrib import admin

from .models import User


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    list_display = ["name", "email", "is_active"]
    search_fields = ["given_name", "family_name", "email"]
    fields = ["given_name", "family_name", "email", "is_active"]
