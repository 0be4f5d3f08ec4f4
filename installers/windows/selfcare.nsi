; The Windows setup: for one person without an administrator, removable, asks about what was kept.
;   makensis -DVERSION=0.1.0 -DBUNDLE=..\..\build\bundle\selfcare -DOUT=..\..\build\packages\setup.exe installers\windows\selfcare.nsi
; installers/windows/setup_exe.sh and .github/workflows/packages.yml give these names; the version comes from the source.
Unicode true
ManifestDPIAware true
SetCompressor /SOLID lzma
!include MUI2.nsh
!include LogicLib.nsh
!include FileFunc.nsh
!include WinVer.nsh
!include x64.nsh

!ifndef VERSION
  !error "say -DVERSION=…"
!endif
!define NAME "Selfcare"
!define TYPE "Selfcare.Archive" ; what Windows calls the kind of an archive of bills (.selfcare)
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\Selfcare"

Name "${NAME} ${VERSION}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\Selfcare"
InstallDirRegKey HKCU "Software\Selfcare" "Folder"
RequestExecutionLevel user
BrandingText " "
VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=0 "ProductName" "${NAME}"
VIAddVersionKey /LANG=0 "FileDescription" "${NAME} setup"
VIAddVersionKey /LANG=0 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "LegalCopyright" "Apache-2.0"

!ifdef SIGN_UNINSTALLER
  !uninstfinalize '${SIGN_UNINSTALLER} "%1"'
!endif
!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_LICENSE "${LICENCE}"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_RUN "$INSTDIR\selfcare.exe"
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "French"

LangString OLD_WINDOWS ${LANG_ENGLISH} "Selfcare needs Windows 10 or newer, 64 bit."
LangString OLD_WINDOWS ${LANG_FRENCH} "Selfcare demande Windows 10 ou plus récent, en 64 bits."
LangString IS_OPEN ${LANG_ENGLISH} "Selfcare is open. Close its window, then try again."
LangString IS_OPEN ${LANG_FRENCH} "Selfcare est ouvert. Fermez sa fenêtre, puis réessayez."
LangString OTHER_FOLDER ${LANG_ENGLISH} "This folder holds other files. Choose an empty folder."
LangString OTHER_FOLDER ${LANG_FRENCH} "Ce dossier contient d’autres fichiers. Choisissez un dossier vide."
LangString NOT_WRITTEN ${LANG_ENGLISH} "The files could not be written. Is there space on the disk?"
LangString NOT_WRITTEN ${LANG_FRENCH} "Les fichiers n’ont pas pu être écrits. Reste-t-il de la place sur le disque ?"
LangString ASKS_DATA ${LANG_ENGLISH} "Remove what Selfcare kept too: bills, requests, keys and settings?$\r$\n$\r$\nNo keeps them, encrypted, for a later installation."
LangString ASKS_DATA ${LANG_FRENCH} "Effacer aussi ce que Selfcare a conservé : factures, demandes, clés et réglages ?$\r$\n$\r$\nNon les garde, chiffrés, pour une prochaine installation."
LangString DATA_LEFT ${LANG_ENGLISH} "Something that was kept could not be removed. The program stays; close its window and try again."
LangString DATA_LEFT ${LANG_FRENCH} "Une partie de ce qui est conservé n’a pas pu être effacée. Le programme reste ; fermez sa fenêtre et réessayez."

LangString TYPE_NAME ${LANG_ENGLISH} "Selfcare archive of bills"
LangString TYPE_NAME ${LANG_FRENCH} "Archive de factures Selfcare"

; Explorer looks at the kinds of files again
!macro KINDS_CHANGED
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)' ; SHCNE_ASSOCCHANGED
!macroend

Function .onInit
  !insertmacro MUI_LANGDLL_DISPLAY
  ${IfNot} ${AtLeastWin10}
  ${OrIfNot} ${RunningX64}
    MessageBox MB_ICONSTOP|MB_OK "$(OLD_WINDOWS)" /SD IDOK
    Abort
  ${EndIf}
FunctionEnd

Function un.onInit
  !insertmacro MUI_UNGETLANGUAGE
FunctionEnd

; An open program holds its file: then it cannot be written, and nothing is changed yet
!macro MUST_NOT_BE_HELD FILE
  ${If} ${FileExists} "${FILE}"
    ClearErrors
    FileOpen $0 "${FILE}" a
    ${If} ${Errors}
      MessageBox MB_ICONEXCLAMATION|MB_RETRYCANCEL "$(IS_OPEN)" /SD IDCANCEL IDRETRY again
      SetErrorLevel 3
      Abort
    ${EndIf}
    FileClose $0
  ${EndIf}
!macroend
!macro MUST_BE_CLOSED UN
Function ${UN}MustBeClosed
  again:
  !insertmacro MUST_NOT_BE_HELD "$INSTDIR\selfcare.exe"
  !insertmacro MUST_NOT_BE_HELD "$INSTDIR\selfcare-console.exe"
FunctionEnd
!macroend
!insertmacro MUST_BE_CLOSED ""
!insertmacro MUST_BE_CLOSED "un."

Section "Selfcare"
  Call MustBeClosed
  ; The whole folder is replaced, and is the program's alone: whoever chose a folder with other things in it keeps them
  ${If} ${FileExists} "$INSTDIR\*.*"
  ${AndIfNot} ${FileExists} "$INSTDIR\selfcare.exe"
    ${DirState} "$INSTDIR" $0
    ${If} $0 == 1
      MessageBox MB_ICONSTOP|MB_OK "$(OTHER_FOLDER)" /SD IDOK
      SetErrorLevel 2
      Abort
    ${EndIf}
  ${EndIf}
  ; It is written beside the old one, which goes only when the new one is whole: a full disk takes nothing away
  RMDir /r "$INSTDIR.new"
  SetOutPath "$INSTDIR.new"
  ClearErrors
  File /r "${BUNDLE}${SEPARATOR}*"
  SetOutPath "$TEMP"
  ${If} ${Errors}
    RMDir /r "$INSTDIR.new"
    MessageBox MB_ICONSTOP|MB_OK "$(NOT_WRITTEN)" /SD IDOK
    SetErrorLevel 2
    Abort
  ${EndIf}
  RMDir /r "$INSTDIR.old"
  ClearErrors
  ${If} ${FileExists} "$INSTDIR\*.*"
    Rename "$INSTDIR" "$INSTDIR.old"
  ${EndIf}
  ${IfNot} ${Errors}
    Rename "$INSTDIR.new" "$INSTDIR"
    ${If} ${Errors}
      Rename "$INSTDIR.old" "$INSTDIR"
    ${EndIf}
  ${EndIf}
  ${IfNot} ${FileExists} "$INSTDIR\selfcare.exe"
  ${OrIf} ${FileExists} "$INSTDIR.new\selfcare.exe"
    RMDir /r "$INSTDIR.new"
    MessageBox MB_ICONSTOP|MB_OK "$(NOT_WRITTEN)" /SD IDOK
    SetErrorLevel 2
    Abort
  ${EndIf}
  RMDir /r "$INSTDIR.old"
  SetOutPath "$INSTDIR"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\Selfcare.lnk" "$INSTDIR\selfcare.exe"
  WriteRegStr HKCU "Software\Classes\${TYPE}" "" "$(TYPE_NAME)"
  WriteRegStr HKCU "Software\Classes\${TYPE}\DefaultIcon" "" "$INSTDIR\selfcare.exe,0"
  WriteRegStr HKCU "Software\Classes\${TYPE}\shell\open\command" "" '"$INSTDIR\selfcare.exe" "%1"'
  WriteRegStr HKCU "Software\Classes\.selfcare" "" "${TYPE}"
  WriteRegStr HKCU "Software\Classes\.selfcare" "Content Type" "application/vnd.selfcare.archive+zip"
  WriteRegStr HKCU "Software\Classes\.selfcare\OpenWithProgids" "${TYPE}" ""
  !insertmacro KINDS_CHANGED
  WriteRegStr HKCU "Software\Selfcare" "Folder" "$INSTDIR"
  WriteRegStr HKCU "${KEY}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${KEY}" "Publisher" "The Selfcare project"
  WriteRegStr HKCU "${KEY}" "DisplayIcon" "$INSTDIR\selfcare.exe"
  WriteRegStr HKCU "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${KEY}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${KEY}" "EstimatedSize" $0
SectionEnd

Section "Uninstall"
  Call un.MustBeClosed
  ; Silent (/S) keeps what was kept
  MessageBox MB_ICONQUESTION|MB_YESNO|MB_DEFBUTTON2 "$(ASKS_DATA)" /SD IDNO IDNO keep
  nsExec::ExecToLog '"$INSTDIR\selfcare-console.exe" remove-data --yes'
  Pop $0
  ${If} $0 != 0
    MessageBox MB_ICONSTOP|MB_OK "$(DATA_LEFT)" /SD IDOK
    Abort
  ${EndIf}
  keep:
  Delete "$SMPROGRAMS\Selfcare.lnk"
  ${If} ${FileExists} "$INSTDIR\selfcare.exe"
    RMDir /r "$INSTDIR"
  ${EndIf}
  DeleteRegValue HKCU "Software\Microsoft\Windows\CurrentVersion\Run" "Selfcare"
  DeleteRegKey HKCU "Software\Classes\${TYPE}"
  DeleteRegValue HKCU "Software\Classes\.selfcare\OpenWithProgids" "${TYPE}"
  ReadRegStr $0 HKCU "Software\Classes\.selfcare" ""
  ${If} $0 == "${TYPE}" ; nobody else has taken the ending since
    DeleteRegKey HKCU "Software\Classes\.selfcare"
  ${EndIf}
  !insertmacro KINDS_CHANGED
  DeleteRegKey HKCU "${KEY}"
  DeleteRegKey HKCU "Software\Selfcare"
SectionEnd
