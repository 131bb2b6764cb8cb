from django.urls import path

from . import views

app_name = "imports"
urlpatterns = [
    path("imports/", views.imports, name="imports"),
    path("imports/upload/", views.upload_file, name="file-upload"),
    path("imports/files/<uuid:uid>/", views.upload_page, name="upload"),
    path("imports/files/<uuid:uid>/errors/", views.marked_file, name="marked-file"),
    path("imports/files/<uuid:uid>/answer/", views.answer_question, name="question-answer"),
    path("imports/files/<uuid:uid>/import/", views.import_file, name="file-import"),
    path("imports/<uuid:uid>/", views.import_page, name="import"),
]
